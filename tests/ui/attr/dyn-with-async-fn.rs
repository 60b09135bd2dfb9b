use declarest::api;

#[api(dyn)]
trait Api {
    #[get("/a")]
    async fn a(&self) -> Result<(), declarest::Error>;
}

fn main() {}
