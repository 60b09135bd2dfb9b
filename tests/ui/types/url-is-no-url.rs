use declarest::{Call, api};

#[api]
trait Api {
    #[get]
    fn a(&self, #[url] url: &str) -> Call<()>;
}

fn main() {}
