use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadline = "1s")]
    fn a(&self) -> Call<()>;
}

fn main() {}
