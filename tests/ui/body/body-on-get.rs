use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[json] a: &str) -> Call<()>;
}

fn main() {}
