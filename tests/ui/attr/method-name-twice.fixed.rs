use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
    #[get("/b")]
    fn b(&self) -> Call<()>;
}

fn main() {}
