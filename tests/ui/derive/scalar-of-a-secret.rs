use declarest::Scalar;

#[derive(Scalar)]
struct Token(declarest::Secret);

fn main() {}
