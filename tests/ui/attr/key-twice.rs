use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadline = "1s", deadline = "2s")]
    fn a(&self) -> Call<()>;
}

fn main() {}
