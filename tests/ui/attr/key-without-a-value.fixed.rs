use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadline = "10s")]
    fn a(&self) -> Call<()>;
    #[get("/b", auth = bearer, attempts = 3)]
    fn b(&self, #[query(lists = "comma")] c: &[u8]) -> Call<()>;
}

fn main() {}
