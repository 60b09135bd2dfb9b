use declarest::{Call, api};

struct Range;

#[api]
trait Api {
    #[post("/a", encoding = "form")]
    fn a(&self, #[field] b: Range) -> Call<()>;
}

fn main() {}
