use declarest::api;

#[api]
trait Api {
    #[nest]
    fn a(&self);
}

fn main() {}
