use declarest::{Call, api};

#[api(idempotent)]
trait Api {
    #[get("/a", base = "https://example.com")]
    fn a(&self, #[query(deadline = "1s")] b: u8) -> Call<()>;
    #[nest("/c", deadline = "1s")]
    fn c(&self) -> InnerClient;
}

#[api]
trait Inner {}

fn main() {}
