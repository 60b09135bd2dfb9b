use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(name = "limit")] b: u8, #[query(rename = "after")] c: u8) -> Call<()>;
}

fn main() {}
