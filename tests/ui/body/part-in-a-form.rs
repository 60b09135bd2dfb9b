use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", encoding = "form")]
    fn a(&self, #[part] a: &str) -> Call<()>;
}

fn main() {}
