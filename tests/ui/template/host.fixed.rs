use declarest::{Call, api};

#[api]
trait Api {
    #[get("/example.com/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
