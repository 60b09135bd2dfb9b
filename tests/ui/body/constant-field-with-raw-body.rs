use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", field("stream" = true))]
    fn a(&self, #[body] a: Vec<u8>) -> Call<()>;
}

fn main() {}
