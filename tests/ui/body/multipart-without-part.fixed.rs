use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", encoding = "multipart")]
    fn a(&self, #[part] file: &str) -> Call<()>;
}

fn main() {}
