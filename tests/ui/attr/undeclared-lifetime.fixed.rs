use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a<'a>(&self, #[query] b: &'a str) -> Call<()>;
}

fn main() {}
