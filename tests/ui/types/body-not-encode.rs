use declarest::{Call, api};

struct Range {
    from: u32,
}

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[body] range: Range) -> Call<()>;
}

fn main() {}
