use declarest::{Call, api};

#[api("/v1")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
