use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", deadlin = "10s")]
    fn a(&self) -> Call<()>;
}

fn main() {}
