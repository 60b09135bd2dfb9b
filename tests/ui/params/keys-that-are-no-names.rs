use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(required)] b: u8, #[query(skip_none)] c: Option<u8>, #[query(explode)] d: &[u8]) -> Call<()>;
    #[post("/b")]
    fn b(&self, #[field(flatten)] c: &[u8]) -> Call<()>;
}

fn main() {}
