use declarest::{Call, api};

struct Range {
    from: u32,
}

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[header("Range")] range: &Range) -> Call<()>;
}

fn main() {}
