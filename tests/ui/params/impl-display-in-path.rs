use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: impl std::fmt::Display) -> Call<()>;
}

fn main() {}
