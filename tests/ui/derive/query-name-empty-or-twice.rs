use declarest::Query;

#[derive(Query)]
struct Params {
    #[query("")]
    a: u8,
    #[query("b", rename = "c")]
    b: u8,
    #[query("d"x)]
    d: u8,
    #[query("e[]", lists = "brackets")]
    e: Vec<u8>,
    f: Vec<Vec<u8>>,
}

fn main() {}
