use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query("ids", lists = "brackets")] ids: &[u8]) -> Call<()>;
    #[get("/b", lists = "indices")]
    fn b(&self, #[query("ids")] ids: Vec<u8>) -> Call<()>;
}

fn main() {}
