use declarest::Query;

#[derive(Query)]
struct Range;

#[derive(Query)]
struct Filter {
    #[query(nest)]
    range: Range,
}

fn main() {}
