use declarest::{Call, api};

#[api]
trait Api {
    #[get("/straße")]
    fn a(&self) -> Call<()>;
}

fn main() {}
