use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", encoding = "form")]
    fn a(&self, #[field] name: &str) -> Call<()>;
}

fn main() {}
