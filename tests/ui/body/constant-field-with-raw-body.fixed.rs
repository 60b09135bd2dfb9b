use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[body] a: Vec<u8>) -> Call<()>;
}

fn main() {}
