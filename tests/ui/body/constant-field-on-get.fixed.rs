use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a?stream=true")]
    fn a(&self) -> Call<()>;
}

fn main() {}
