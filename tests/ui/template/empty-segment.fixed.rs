use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/b")]
    fn a(&self) -> Call<()>;
}

fn main() {}
