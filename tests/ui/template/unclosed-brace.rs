use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id")]
    fn a(&self, #[query] id: &str) -> Call<()>;
}

fn main() {}
