use declarest::Query;

struct Range;

#[derive(Query)]
struct Filter {
    range: Range,
}

fn main() {}
