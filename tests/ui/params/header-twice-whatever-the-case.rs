use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[header("X-Token")] a: &str, #[header("x-token")] b: &str) -> Call<()>;
}

fn main() {}
