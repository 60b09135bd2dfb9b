use declarest::Scalar;
use serde::Serialize;

#[derive(Clone, Scalar, Serialize)]
#[serde(into = "String")]
struct Id(u8);

impl From<Id> for String {
    fn from(id: Id) -> Self {
        format!("id-{}", id.0)
    }
}

#[derive(Scalar, Serialize)]
#[serde(tag = "type")]
enum Kind {
    A,
    #[serde(skip_serializing)]
    B,
}

fn main() {}
