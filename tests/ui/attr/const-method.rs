use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    const fn a(&self) -> Call<()>;
}

fn main() {}
