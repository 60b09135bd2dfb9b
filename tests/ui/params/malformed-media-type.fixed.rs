use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", accept = "application/json")]
    fn a(&self, #[query] b: &str) -> Call<()>;
}

fn main() {}
