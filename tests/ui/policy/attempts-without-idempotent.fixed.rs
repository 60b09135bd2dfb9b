use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", attempts = 5, idempotent)]
    fn a(&self) -> Call<()>;
}

fn main() {}
