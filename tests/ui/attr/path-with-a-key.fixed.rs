use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;

    #[get("/b/{id}")]
    fn b(&self, id: u8) -> Call<()>;
}

fn main() {}
