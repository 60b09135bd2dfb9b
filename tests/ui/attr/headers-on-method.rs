use declarest::{Call, api};

#[api]
trait Api {
    #[headers("A: b")]
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
