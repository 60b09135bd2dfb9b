use declarest::Query;

#[derive(Query)]
struct Filter {
    #[query("before")]
    a: u8,
    after: u8,
}

fn main() {}
