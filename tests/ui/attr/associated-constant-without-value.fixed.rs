use declarest::{Call, api};

#[api]
trait Api {
    const VERSION: u8 = 1;
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
