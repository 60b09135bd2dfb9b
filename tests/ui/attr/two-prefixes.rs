use declarest::{Call, api};

#[api("/a", "/b")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
