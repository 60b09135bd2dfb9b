use declarest::{Call, api};

#[api]
trait Api {
    #[put("/a", idempotent)]
    fn a(&self) -> Call<()>;
}

fn main() {}
