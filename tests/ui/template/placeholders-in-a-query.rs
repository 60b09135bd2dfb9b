use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a?limit={limit}&page[after]={after}&{flag}")]
    fn a(&self, limit: u32, after: &str) -> Call<()>;
}

fn main() {}
