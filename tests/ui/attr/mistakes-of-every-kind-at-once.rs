use declarest::{Call, api};

struct Report;

#[api(dedline = "1s")]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: &str) -> Call<Report>;

    #[get("/b/{ratio}")]
    fn b(&self, ratio: f32) -> Call<()>;

    #[get("/c")]
    fn c(&self, #[querry] d: u8) -> Call<()>;
}

fn main() {}
