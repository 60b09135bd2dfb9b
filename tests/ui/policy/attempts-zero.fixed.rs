use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", attempts = 1)]
    fn a(&self) -> Call<()>;
}

fn main() {}
