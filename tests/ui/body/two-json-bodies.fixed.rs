use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[field] a: &str, #[field] b: &str) -> Call<()>;
}

fn main() {}
