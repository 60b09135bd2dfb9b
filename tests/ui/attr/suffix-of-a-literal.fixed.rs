use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query("b")] b: u8) -> Call<()>;
    #[get("/b", attempts = 3)]
    fn b(&self) -> Call<()>;
    #[post("/c", field("n" = 3), header("A" = "b"))]
    fn c(&self, #[field] c: u8) -> Call<()>;
}

fn main() {}
