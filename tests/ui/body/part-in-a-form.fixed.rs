use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", encoding = "form")]
    fn a(&self, #[field] a: &str) -> Call<()>;
}

fn main() {}
