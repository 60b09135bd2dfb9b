use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query("limit")] a: u32, #[query] limit: u32) -> Call<()>;
}

fn main() {}
