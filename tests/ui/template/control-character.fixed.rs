use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a%07b")]
    fn a(&self) -> Call<()>;
}

fn main() {}
