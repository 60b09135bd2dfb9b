use declarest::api;

struct Report;

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Report;
}

fn main() {}
