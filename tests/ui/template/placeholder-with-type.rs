use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id:u32}")]
    fn a(&self) -> Call<()>;
}

fn main() {}
