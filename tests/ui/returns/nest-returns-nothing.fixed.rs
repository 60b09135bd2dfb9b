use declarest::api;

#[api]
trait Api {
    #[nest]
    fn a(&self) -> ApiClient;
}

fn main() {}
