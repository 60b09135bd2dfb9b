use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: &str) -> Call<()>;
    #[get("/a/{key}")]
    fn b(&self, key: &str) -> Call<()>;
}

fn main() {}
