use declarest::Scalar;

#[derive(Scalar)]
enum Order {
    Up,
    #[scalar(rename = "Up")]
    Down,
}

#[derive(Scalar)]
#[scalar(rename_all = "lowercase")]
enum Case {
    AB,
    Ab,
}

fn main() {}
