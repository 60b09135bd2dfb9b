use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    #[deadline("10s")]
    fn a(&self) -> Call<()>;
    #[timeout("5s")]
    #[post("/b")]
    fn b(&self) -> Call<()>;
}

fn main() {}
