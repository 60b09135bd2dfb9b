use declarest::{Call, api};

#[api(base = "https://api.example.com/v1")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
