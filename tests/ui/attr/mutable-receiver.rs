use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&mut self) -> Call<()>;
}

fn main() {}
