use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query("limit")] b: u8, #[query("after")] c: u8) -> Call<()>;
}

fn main() {}
