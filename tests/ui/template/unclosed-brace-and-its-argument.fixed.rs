use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}/b")]
    fn a(&self, id: &str) -> Call<()>;
}

fn main() {}
