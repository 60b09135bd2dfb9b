use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[json] a: &str) -> Call<()>;
}

fn main() {}
