use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flatten, objects = "braces")] ids: &()) -> Call<()>;
}

fn main() {}
