use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flag)] b: &str) -> Call<()>;
}

fn main() {}
