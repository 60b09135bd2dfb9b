use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] limit: impl AsRef<str>) -> Call<()>;
}

fn main() {}
