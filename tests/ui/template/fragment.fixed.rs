use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a%23b")]
    fn a(&self) -> Call<()>;
}

fn main() {}
