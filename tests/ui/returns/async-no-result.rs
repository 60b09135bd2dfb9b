use declarest::api;

#[api]
trait Api {
    #[get("/a")]
    async fn a(&self) -> u8;
}

fn main() {}
