use declarest::Scalar;

#[derive(Scalar, serde::Serialize)]
enum Order {
    Up,
    #[serde(untagged)]
    Other(String),
}

fn main() {}
