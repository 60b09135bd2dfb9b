use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", attempt_timeout = "10s")]
    fn a(&self) -> Call<()>;
}

fn main() {}
