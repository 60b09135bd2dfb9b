use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", header("Name" = "value"))]
    fn a(&self, #[query] b: &str) -> Call<()>;
}

fn main() {}
