use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", events(end = "[DONE]"))]
    fn a(&self) -> Call<Vec<u8>>;
}

fn main() {}
