use declarest::Scalar;

#[derive(Scalar)]
union Bits {
    a: u8,
}

fn main() {}
