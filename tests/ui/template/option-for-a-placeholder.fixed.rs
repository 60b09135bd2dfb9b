use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: &str) -> Call<()>;
}

fn main() {}
