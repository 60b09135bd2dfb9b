use declarest::{Call, api};

#[api]
trait Api {
    type Item;
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
