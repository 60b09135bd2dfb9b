use declarest::Scalar;

#[derive(Scalar)]
struct Point(u8);

fn main() {}
