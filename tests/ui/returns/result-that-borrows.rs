use declarest::{Call, api};

#[derive(serde::Deserialize)]
struct R<'a>(&'a str);

#[api]
trait Api {
    #[get("/a")]
    fn a<'a>(&'a self) -> Call<R<'a>>;
    #[get("/b")]
    fn b(&self) -> Call<R<'_>>;
    #[get("/c")]
    fn c(&self) -> Call<Vec<&str>>;
}

fn main() {}
