use declarest::{Call, api};

#[api(crate = "a b")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
