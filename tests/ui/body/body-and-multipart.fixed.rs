use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[part(json)] a: &str, #[part] b: &str) -> Call<()>;
}

fn main() {}
