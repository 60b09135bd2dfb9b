use declarest::{Call, api};

#[api]
trait Api {
    #[gett("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
