use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadline = )]
    fn a(&self) -> Call<()>;
    #[get("/b", auth =, attempts = )]
    fn b(&self, #[query(lists = )] c: &[u8]) -> Call<()>;
}

fn main() {}
