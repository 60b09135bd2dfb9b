use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[header("Host")] host: &str) -> Call<()>;
}

fn main() {}
