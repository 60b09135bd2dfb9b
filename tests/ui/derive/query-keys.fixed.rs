use declarest::Query;

#[derive(Query)]
struct Filter {
    #[query(lists = "comma")]
    a: Vec<u8>,
    #[query(lists = "comma")]
    b: Vec<u8>,
    #[query(flatten)]
    c: Empty,
}

#[derive(Query)]
struct Empty;

fn main() {}
