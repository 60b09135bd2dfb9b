use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[header("X-Token")] token: &str) -> Call<()>;
}

fn main() {}
