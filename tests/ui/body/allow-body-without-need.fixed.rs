use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[json] a: &str) -> Call<()>;
    #[get("/b", allow_body)]
    fn b(&self, #[json] b: &str) -> Call<()>;
}

fn main() {}
