use declarest::{Call, api};

#[api]
trait Api {
    #[get("/100%25")]
    fn a(&self) -> Call<()>;
}

fn main() {}
