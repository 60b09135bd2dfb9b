use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flatten)] b: &[(&str, &str)], #[header(flatten)] c: &[(&str, &str)]) -> Call<()>;
    #[post("/b")]
    fn b(&self, #[form] c: &[(&str, &str)]) -> Call<()>;
    #[post("/c")]
    fn c(&self, #[part] d: &str) -> Call<()>;
    #[get("/d")]
    fn d(&self, #[query("x")] e: u8) -> Call<()>;
}

fn main() {}
