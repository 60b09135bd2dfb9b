use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[query] limit: u32) -> Call<()>;
}

fn main() {}
