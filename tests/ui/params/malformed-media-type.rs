use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", accept = "json")]
    fn a(&self, #[query] b: &str) -> Call<()>;
}

fn main() {}
