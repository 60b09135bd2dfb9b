use declarest::{Call, api};

#[api(base_url = "https://example.com")]
trait Api {
    #[get("/a", timeout = "10s")]
    fn a(&self) -> Call<()>;

    #[get("/b", retries = 3)]
    fn b(&self) -> Call<()>;
}

fn main() {}
