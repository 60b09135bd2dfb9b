use declarest::Query;

#[derive(Query)]
enum Filter {
    A,
}

#[derive(Query)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
    None,
    Pair(u8, u8),
}

#[derive(Query)]
#[serde(untagged, rename_all = "camelCase")]
enum Inner {
    Map(std::collections::BTreeMap<String, String>),
}

fn main() {}
