use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<str>;
    #[get("/b")]
    fn b(&self) -> Call<[u8]>;
    #[get("/c")]
    fn c(&self) -> Call<dyn std::fmt::Debug>;
}

fn main() {}
