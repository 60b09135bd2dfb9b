#[derive(declarest::Decode)]
enum Created {
    #[status(200)]
    Done(String),
    #[status(200..=299)]
    Other,
    Queued(String),
    #[status("202")]
    Text,
    #[status(404)]
    Pair(String, String),
}

fn main() {}
