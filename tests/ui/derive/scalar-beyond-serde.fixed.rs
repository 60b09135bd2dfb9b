use declarest::Scalar;
use serde::Serialize;

#[derive(Clone, Scalar, Serialize)]
struct Id(u8);

impl From<Id> for String {
    fn from(id: Id) -> Self {
        format!("id-{}", id.0)
    }
}

#[derive(Scalar, Serialize)]
enum Kind {
    A,
    B,
}

fn main() {}
