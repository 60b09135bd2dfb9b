use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<u8>;

    #[get("/b")]
    fn b(&self) -> Call<u8>;
}

fn main() {}
