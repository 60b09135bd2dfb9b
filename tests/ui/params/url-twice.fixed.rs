use declarest::{Call, api};

#[api]
trait Api {
    #[get]
    fn a(&self, #[url] a: &http::Uri) -> Call<()>;
}

fn main() {}
