use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[cookie("s")] a: &str, #[cookie("s")] b: &str) -> Call<()>;
    #[get("/b")]
    fn b(&self, #[cookie("s s")] a: &str) -> Call<()>;
    #[get("/c")]
    fn c(&self, #[cookie("s")] a: &str, #[header("Cookie")] b: &str) -> Call<()>;
}

fn main() {}
