use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<String>;
    #[get("/b")]
    fn b(&self) -> Call<Vec<u8>>;
    #[get("/c")]
    fn c(&self) -> Call<u8>;
}

fn main() {}
