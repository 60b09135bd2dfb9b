use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[cookie("s")] a: &str) -> Call<()>;
    #[get("/b")]
    fn b(&self, #[cookie("s-s")] a: &str) -> Call<()>;
    #[get("/c")]
    fn c(&self, #[cookie("s")] a: &str, #[cookie("t")] b: &str) -> Call<()>;
}

fn main() {}
