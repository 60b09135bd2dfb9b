use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn new(&self) -> Call<()>;
}

fn main() {}
