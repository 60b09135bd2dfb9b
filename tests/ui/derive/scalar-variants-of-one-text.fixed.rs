use declarest::Scalar;

#[derive(Scalar)]
enum Order {
    Up,
    #[scalar(rename = "down")]
    Down,
}

#[derive(Scalar)]
#[scalar(rename_all = "lowercase")]
enum Case {
    AB,
    #[scalar(rename = "other")]
    Ab,
}

fn main() {}
