use declarest::{Call, api};

#[api]
trait Api {
    #[declarest::get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
