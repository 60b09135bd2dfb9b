use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", attempts = 5)]
    fn a(&self) -> Call<()>;
}

fn main() {}
