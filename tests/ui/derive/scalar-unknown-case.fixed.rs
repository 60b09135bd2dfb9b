use declarest::Scalar;

#[derive(Scalar)]
#[scalar(rename_all = "snake_case")]
enum Order {
    Up,
}

fn main() {}
