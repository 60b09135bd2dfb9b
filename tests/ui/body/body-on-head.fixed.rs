use declarest::{Call, api};

#[api]
trait Api {
    #[head("/a")]
    fn a(&self, #[query] a: &str) -> Call<()>;
}

fn main() {}
