use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadline = "10s")]
    fn a(&self) -> Call<()>;
}

fn main() {}
