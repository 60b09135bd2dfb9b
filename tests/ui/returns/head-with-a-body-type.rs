use declarest::{Call, api};

#[api]
trait Api {
    #[head("/a")]
    fn a(&self) -> Call<u8>;
}

fn main() {}
