use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: u32) -> Call<()>;
}

fn main() {}
