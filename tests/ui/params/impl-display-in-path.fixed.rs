use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: impl AsRef<str>) -> Call<()>;
}

fn main() {}
