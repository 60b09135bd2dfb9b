use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flatten)] b: Option<u8>, #[query(flatten)] c: &str) -> Call<()>;
}

fn main() {}
