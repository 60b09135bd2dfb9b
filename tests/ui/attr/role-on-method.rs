use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    #[json]
    fn a(&self) -> Call<()>;
}

fn main() {}
