use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    #[post("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
