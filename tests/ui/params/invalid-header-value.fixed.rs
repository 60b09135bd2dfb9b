use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", header("X-Token" = "a%0Ab"))]
    fn a(&self, #[query] b: &str) -> Call<()>;
}

fn main() {}
