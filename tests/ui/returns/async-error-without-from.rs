use declarest::api;

#[api]
trait Api {
    #[get("/a")]
    async fn a(&self) -> Result<u8, String>;
}

fn main() {}
