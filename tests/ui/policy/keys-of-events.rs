use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", events(stop = "x"))]
    fn a(&self) -> Call<declarest::Events<u8>>;

    #[get("/b", events("[DONE]"))]
    fn b(&self) -> Call<declarest::Events<u8>>;
}

fn main() {}
