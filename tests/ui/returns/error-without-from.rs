use declarest::{Call, api};

#[derive(Debug)]
struct Report;

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<u8, Report>;
}

fn main() {}
