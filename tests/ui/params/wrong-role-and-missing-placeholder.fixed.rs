use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, #[query] limit: u8, id: &str) -> Call<()>;

    #[get("/b%20c/{id}")]
    fn b(&self, id: u8, #[query] limit: u8) -> Call<()>;
}

fn main() {}
