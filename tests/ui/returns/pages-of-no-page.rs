use declarest::{Pages, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Pages<u8>;
}

fn main() {}
