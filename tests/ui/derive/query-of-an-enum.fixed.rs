use declarest::{Query, Scalar};

#[derive(serde::Serialize, Scalar)]
enum Filter {
    A,
}

#[derive(Query)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
    None(bool),
    Pair(Vec<u8>),
}

#[derive(Query)]
#[serde(untagged, rename_all = "camelCase")]
enum Inner {
    Text(String),
}

fn main() {}
