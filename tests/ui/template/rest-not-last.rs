use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{rest..}/b")]
    fn a(&self, rest: &str) -> Call<()>;
}

fn main() {}
