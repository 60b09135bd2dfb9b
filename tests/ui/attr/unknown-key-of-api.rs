use declarest::{Call, api};

#[api(bas = "https://example.com")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
