use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[query] mut limit: u32) -> Call<()>;
}

fn main() {}
