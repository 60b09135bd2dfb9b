use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[body] a: declarest::Body) -> Call<()>;
}

fn main() {}
