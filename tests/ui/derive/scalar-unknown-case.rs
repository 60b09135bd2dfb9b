use declarest::Scalar;

#[derive(Scalar)]
#[scalar(rename_all = "snakecase")]
enum Order {
    Up,
}

fn main() {}
