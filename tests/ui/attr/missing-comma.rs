use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a" idempotent)]
    fn a(&self) -> Call<()>;
}

fn main() {}
