use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, #[querry] limit: u8) -> Call<()>;

    #[get("/b c/{id}")]
    fn b(&self, id: u8, limit: u8) -> Call<()>;
}

fn main() {}
