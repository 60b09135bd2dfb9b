use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{rest..}")]
    fn a(&self, rest: &str) -> Call<()>;

    #[get("/b/{rest..}")]
    fn b(&self, rest: &str) -> Call<()>;
}

fn main() {}
