use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[form] b: &str) -> Call<()>;
}

fn main() {}
