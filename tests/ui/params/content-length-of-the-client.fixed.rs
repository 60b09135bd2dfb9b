use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
