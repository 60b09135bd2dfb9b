use declarest::{Call, api};

#[api]
trait Api {
    #[get]
    fn a(&self) -> Call<()>;
}

fn main() {}
