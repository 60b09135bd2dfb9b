use declarest::{Call, api};

#[api(dyn)]
trait Api {
    #[post("/a")]
    fn a(&self, #[json] b: &str) -> Call<()>;
}

fn main() {}
