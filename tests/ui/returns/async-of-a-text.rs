use declarest::api;

#[api]
trait Api {
    #[get("/a")]
    async fn a(&self) -> Result<declarest::Text, declarest::Error>;
}

fn main() {}
