use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[part(content_type = "text/plain; charset=utf-8")] a: &str) -> Call<()>;
}

fn main() {}
