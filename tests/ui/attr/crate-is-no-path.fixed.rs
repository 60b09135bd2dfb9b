use declarest::{Call, api};

#[api(crate = "::declarest")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
