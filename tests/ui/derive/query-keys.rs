use declarest::Query;

#[derive(Query)]
#[query(lists = "comma")]
struct Filter {
    #[query(list = "comma", nset)]
    a: Vec<u8>,
    #[query(lists = "coma")]
    b: Vec<u8>,
    #[query(nest, flatten)]
    c: Empty,
}

#[derive(Query)]
struct Empty;

fn main() {}
