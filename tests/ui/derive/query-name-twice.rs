use declarest::Query;

#[derive(Query)]
struct Filter {
    #[query("after")]
    a: u8,
    after: u8,
}

fn main() {}
