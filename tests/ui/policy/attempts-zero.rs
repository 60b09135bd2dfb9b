use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", attempts = 0)]
    fn a(&self) -> Call<()>;
}

fn main() {}
