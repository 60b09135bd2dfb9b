use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] limit: &dyn std::fmt::Display) -> Call<()>;
}

fn main() {}
