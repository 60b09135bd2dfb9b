use declarest::{Call, api};

#[api(base = "https://example.com")]
trait Api {
    #[get("/a", deadline = "1s")]
    fn a(&self, #[query] b: u8) -> Call<()>;
    #[nest("/c")]
    fn c(&self) -> InnerClient;
}

#[api(deadline = "1s")]
trait Inner {}

fn main() {}
