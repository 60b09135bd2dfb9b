use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/id}")]
    fn a(&self) -> Call<()>;
}

fn main() {}
