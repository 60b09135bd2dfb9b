use declarest::{Call, api};

#[api(base = "https://example.com")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
