use declarest::{Call, api};

#[api]
trait Api {
    #[get]
    fn a(&self, #[url] url: &http::Uri) -> Call<()>;
}

fn main() {}
