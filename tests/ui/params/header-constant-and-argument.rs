use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", header("x-token" = "1"))]
    fn a(&self, #[header("X-Token")] a: &str) -> Call<()>;
}

fn main() {}
