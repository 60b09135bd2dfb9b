use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: f64) -> Call<()>;
}

fn main() {}
