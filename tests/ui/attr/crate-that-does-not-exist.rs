use declarest::{Call, api};

#[api(crate = "nowhere::declarest", dyn)]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: u8, #[query] b: u8) -> Call<()>;
    #[post("/b")]
    fn b(&self, #[json] b: &str) -> Call<String>;
}

fn main() {}
