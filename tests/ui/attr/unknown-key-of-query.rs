use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flaten)] b: &str) -> Call<()>;
}

fn main() {}
