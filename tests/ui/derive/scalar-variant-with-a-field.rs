use declarest::Scalar;

#[derive(Scalar)]
enum Order {
    Up,
    Other(String),
}

fn main() {}
