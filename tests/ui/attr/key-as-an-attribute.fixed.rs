use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadline = "10s")]
    fn a(&self) -> Call<()>;
    #[post("/b", deadline = "5s")]
    fn b(&self) -> Call<()>;
}

fn main() {}
