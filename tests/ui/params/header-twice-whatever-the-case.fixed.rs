use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[header("X-Token")] a: &str, #[header("x-other")] b: &str) -> Call<()>;
}

fn main() {}
