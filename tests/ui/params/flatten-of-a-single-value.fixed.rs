use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] b: Option<u8>, #[query] c: &str) -> Call<()>;
}

fn main() {}
