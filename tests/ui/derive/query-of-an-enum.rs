use declarest::Query;

#[derive(Query)]
enum Filter {
    A,
}

fn main() {}
