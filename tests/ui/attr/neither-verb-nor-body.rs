use declarest::{Call, api};

#[api]
trait Api {
    fn a(&self) -> Call<()>;
}

fn main() {}
