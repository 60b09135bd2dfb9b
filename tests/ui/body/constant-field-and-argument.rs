use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", field("a" = 1))]
    fn a(&self, #[field] a: &str) -> Call<()>;
}

fn main() {}
