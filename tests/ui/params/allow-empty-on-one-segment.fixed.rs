use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id..}")]
    fn a(&self, #[segment(allow_empty)] id: &str) -> Call<()>;
}

fn main() {}
