use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] notify: bool) -> Call<()>;
}

fn main() {}
