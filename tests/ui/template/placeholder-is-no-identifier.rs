use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{key-id}")]
    fn a(&self) -> Call<()>;
}

fn main() {}
