#[derive(declarest::Decode)]
enum Created {
    #[status(200)]
    Done(String),
    #[status(201)]
    Other,
    #[status(202..=299)]
    Queued(String),
    #[status(404)]
    Pair(Pair),
}

#[derive(serde::Deserialize)]
struct Pair {
    first: String,
    second: String,
}

fn main() {}
