use declarest::api;

#[api]
trait Api {
    #[get("/a")]
    async fn a(&self) -> Result<u8, declarest::Error>;
}

fn main() {}
