use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", idempotent)]
    fn a(&self) -> Call<()>;
}

fn main() {}
