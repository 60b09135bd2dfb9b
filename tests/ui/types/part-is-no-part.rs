use declarest::{Call, api};

struct Range {
    from: u32,
}

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[part] range: Range) -> Call<()>;
}

fn main() {}
