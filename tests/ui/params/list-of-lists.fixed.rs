use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] b: &[u8], #[header("C")] c: Option<Vec<u8>>) -> Call<()>;
}

fn main() {}
