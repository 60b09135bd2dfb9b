use declarest::{Pages, api};

#[api]
trait Api {
    #[head("/a")]
    fn a(&self) -> Pages<u8>;
}

fn main() {}
