use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flag)] flags: &[&str]) -> Call<()>;
}

fn main() {}
