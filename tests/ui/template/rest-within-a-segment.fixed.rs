use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{rest..}")]
    fn a(&self, rest: &str) -> Call<()>;
    #[get("/b/{rest}{id}")]
    fn b(&self, rest: &str, id: &str) -> Call<()>;
}

fn main() {}
