use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query("a", flag)] b: &str) -> Call<()>;
}

fn main() {}
