use declarest::api;

#[api]
trait Api {
    #[nest]
    fn a(&self) -> u8;
}

fn main() {}
