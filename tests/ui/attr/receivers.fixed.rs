use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;

    #[get("/b")]
    fn b(&self) -> Call<()>;

    #[get("/c")]
    fn c(&self) -> Call<()>;
}

fn main() {}
