use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", allow_body)]
    fn a(&self, #[json] a: &str) -> Call<()>;
    #[get("/b", allow_body)]
    fn b(&self) -> Call<()>;
}

fn main() {}
