use declarest::{Call, api};

#[api("v1", dedline = "1s")]
trait Api {
    #[get("a b/{id}", deadline = "x", header("A b" = "c"))]
    fn a(
        &mut self,
        #[query(lits = "comma")] b: u8,
        #[header("b c")] c: u8,
        d: u8,
        #[json] e: &str,
    ) -> Result<(), ()>;
}

fn main() {}
