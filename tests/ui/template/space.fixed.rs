use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a%20b")]
    fn a(&self) -> Call<()>;
}

fn main() {}
