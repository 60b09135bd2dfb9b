use declarest::{Call, api};

#[api(dyn)]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
