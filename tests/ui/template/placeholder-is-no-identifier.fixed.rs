use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{key_id}")]
    fn a(&self, key_id: &str) -> Call<()>;
}

fn main() {}
