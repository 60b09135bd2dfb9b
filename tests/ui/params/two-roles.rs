use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] #[header("X-Limit")] limit: u32) -> Call<()>;
}

fn main() {}
