use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[body(content_type = "text/csv")] a: Vec<u8>) -> Call<()>;
}

fn main() {}
