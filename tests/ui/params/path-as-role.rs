use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, #[path] id: u32) -> Call<()>;
}

fn main() {}
