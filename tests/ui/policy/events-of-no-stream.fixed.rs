use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self) -> Call<Vec<u8>>;
}

fn main() {}
