use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[header("Content-Length")] length: u64) -> Call<()>;
}

fn main() {}
