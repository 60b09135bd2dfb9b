use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query("limit")] b: u8, #[header("x-token")] c: &str) -> Call<()>;
}

fn main() {}
