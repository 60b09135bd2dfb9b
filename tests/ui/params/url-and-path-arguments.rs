use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, #[url] url: &http::Uri, id: &str) -> Call<()>;
}

fn main() {}
