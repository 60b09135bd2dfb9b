use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a"suffix)]
    fn a(&self, #[query("b"x)] b: u8) -> Call<()>;
    #[get("/b", attempts = 3u8)]
    fn b(&self) -> Call<()>;
    #[post("/c", field("n" = 3u8), header("A" = "b"c))]
    fn c(&self, #[field] c: u8) -> Call<()>;
}

fn main() {}
