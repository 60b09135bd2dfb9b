use declarest::{Call, api};

#[api]
trait Api {
    #[head("/a")]
    fn a(&self, #[field] a: &str) -> Call<()>;
}

fn main() {}
