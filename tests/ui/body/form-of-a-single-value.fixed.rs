use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", encoding = "form")]
    fn a(&self, #[field] b: &str) -> Call<()>;
}

fn main() {}
