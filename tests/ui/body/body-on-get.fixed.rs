use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] a: &str) -> Call<()>;
}

fn main() {}
