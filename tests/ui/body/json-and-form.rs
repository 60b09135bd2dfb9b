use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[json] a: &str, #[form] b: &()) -> Call<()>;
}

fn main() {}
