use declarest::Query;
use serde::Serialize;

#[derive(Query, Serialize)]
struct Filter {
    a: u8,
}

fn hex<S: serde::Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{value:x}"))
}

fn main() {}
