use declarest::api;

#[api]
trait Api {
    fn a(&self) -> u8 {
        1
    }
}

fn main() {}
