use declarest::{Call, api};

struct Range;

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] b: Option<&Range>) -> Call<()>;
}

fn main() {}
