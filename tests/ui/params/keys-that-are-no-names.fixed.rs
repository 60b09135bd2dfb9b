use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] b: u8, #[query] c: Option<u8>, #[query] d: &[u8]) -> Call<()>;
    #[post("/b")]
    fn b(&self, #[json] c: &[u8]) -> Call<()>;
}

fn main() {}
