use declarest::{Call, api};

#[api]
trait Api {
    #[method("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
