use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{from..}/b/{to..}")]
    fn a(&self, from: &str, to: &str) -> Call<()>;
}

fn main() {}
