use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] b: u8) -> Call<()>;
}

fn main() {}
