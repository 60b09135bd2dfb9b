use declarest::Scalar;

#[derive(Scalar)]
struct Ratio(f64);

fn main() {}
