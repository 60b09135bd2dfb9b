use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query("a")] a: u32, #[query] limit: u32) -> Call<()>;
}

fn main() {}
