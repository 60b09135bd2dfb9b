use declarest::{Call, api};

#[api(base = "example.com")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
