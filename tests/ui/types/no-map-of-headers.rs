use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[header(flatten)] more: &str) -> Call<()>;
}

fn main() {}
