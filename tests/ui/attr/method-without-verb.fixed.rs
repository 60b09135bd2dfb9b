use declarest::{Call, api};

#[api]
trait Api {
    #[method("PURGE", "/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
