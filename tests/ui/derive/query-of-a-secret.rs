use declarest::Query;

#[derive(Query)]
struct Filter {
    token: declarest::Secret,
}

fn main() {}
