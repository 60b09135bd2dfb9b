use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[part(content_type = "text")] a: &str) -> Call<()>;
}

fn main() {}
