use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] limit: u32, #[query("page[after]")] after: &str, #[query] flag: bool) -> Call<()>;
}

fn main() {}
