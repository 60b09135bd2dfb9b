use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[form] a: &(), #[part] b: &str) -> Call<()>;
}

fn main() {}
