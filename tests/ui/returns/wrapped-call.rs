use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Box<Call<u8>>;

    #[get("/b")]
    fn b(&self) -> Option<Call<u8>>;
}

fn main() {}
