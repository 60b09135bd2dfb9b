use declarest::{Call, api};

#[api]
trait Api {
    #[get("/7")]
    fn a(&self) -> Call<()>;
}

fn main() {}
