use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, #[segment("id")] id: u8) -> Call<()>;
}

fn main() {}
