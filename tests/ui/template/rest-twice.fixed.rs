use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{rest..}/b/{more}")]
    fn a(&self, rest: &str, more: &str) -> Call<()>;
}

fn main() {}
