use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    #[nest("/b")]
    fn a(&self) -> Call<()>;
}

fn main() {}
