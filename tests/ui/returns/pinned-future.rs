use declarest::api;

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> std::pin::Pin<Box<dyn Future<Output = Result<u8, declarest::Error>> + Send>>;
}

fn main() {}
