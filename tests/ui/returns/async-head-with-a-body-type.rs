use declarest::api;

#[api]
trait Api {
    #[head("/a")]
    async fn a(&self) -> Result<u8, declarest::Error>;
}

fn main() {}
