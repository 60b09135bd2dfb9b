use declarest::{Call, api};

#[derive(serde::Serialize)]
struct Whole<'a> {
    a: &'a str,
    b: &'a str,
}

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[json] a: &Whole<'_>) -> Call<()>;
}

fn main() {}
