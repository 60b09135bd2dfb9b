use declarest::{Call, api};

#[api(base = "https://api.example.com", client = "struct")]
trait Api {
    #[get("/a")]
    fn builder(&self) -> Call<()>;
    
    const ENDPOINTS: u8 = 1;
}

fn main() {}
