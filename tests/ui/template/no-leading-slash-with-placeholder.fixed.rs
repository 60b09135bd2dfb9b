use declarest::{Call, api};

#[api]
trait Api {
    #[get("/users/{id}")]
    fn a(&self, id: &str) -> Call<()>;
}

fn main() {}
