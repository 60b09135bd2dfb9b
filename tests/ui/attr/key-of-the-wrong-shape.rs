use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadline = 10)]
    fn a(&self) -> Call<()>;
}

fn main() {}
