use declarest::{Call, api};

#[derive(serde::Deserialize)]
struct R(String);

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<R>;
    #[get("/b")]
    fn b(&self) -> Call<R>;
    #[get("/c")]
    fn c(&self) -> Call<Vec<String>>;
}

fn main() {}
