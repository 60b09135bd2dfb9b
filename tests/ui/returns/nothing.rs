use declarest::api;

#[api]
trait Api {
    #[get("/a")]
    fn a(&self);
}

fn main() {}
