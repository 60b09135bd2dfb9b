use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", events(end = "x"))]
    fn a(&self) -> Call<declarest::Events<u8>>;

    #[get("/b", events(end = "[DONE]"))]
    fn b(&self) -> Call<declarest::Events<u8>>;
}

fn main() {}
