use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a%7Cb")]
    fn a(&self) -> Call<()>;
}

fn main() {}
