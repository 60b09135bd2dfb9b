use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/%2E%2e/b")]
    fn a(&self) -> Call<()>;
}

fn main() {}
