use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
    #[get("/b")]
    fn b(&self) -> Call<()>;
}

struct Fake;

impl Api for Fake {
    fn a(&self) -> Call<()> {
        Call::ready(Ok(()))
    }
}

fn main() {}
