use declarest::api;

#[api]
pub struct Users {
    name: &'static str,
}

fn main() {}
