use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] limit: u32) -> Call<()>;
}

fn main() {}
