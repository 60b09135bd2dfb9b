use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadline = "ten seconds")]
    fn a(&self) -> Call<()>;
}

fn main() {}
