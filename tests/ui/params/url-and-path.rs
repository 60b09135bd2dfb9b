use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[url] url: &http::Uri) -> Call<()>;
}

fn main() {}
