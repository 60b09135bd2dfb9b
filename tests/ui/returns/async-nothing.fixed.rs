use declarest::api;

#[api]
trait Api {
    #[get("/a")]
    async fn a(&self) -> Result<(), declarest::Error>;
}

fn main() {}
