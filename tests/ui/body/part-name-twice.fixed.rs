use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[part] a: &str, #[part("b")] b: &str) -> Call<()>;
}

fn main() {}
