use declarest::Query;

#[derive(Query)]
struct Params {
    a: u8,
    #[query("c")]
    b: u8,
    #[query("d")]
    d: u8,
    #[query("e", lists = "brackets")]
    e: Vec<u8>,
    f: Vec<u8>,
}

fn main() {}
