use declarest::{Call, api};

#[api]
trait Api {
    #[purge("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
