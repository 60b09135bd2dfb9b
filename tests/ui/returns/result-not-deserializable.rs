use declarest::{Call, api};

struct Report;

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<Report>;
}

fn main() {}
