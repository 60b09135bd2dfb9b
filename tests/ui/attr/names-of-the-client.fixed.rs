use declarest::{Call, api};

#[api(base = "https://api.example.com", client = "ApiClient")]
trait Api {
    #[get("/a")]
    fn create(&self) -> Call<()>;

    const OTHER: u8 = 1;
}

fn main() {}
