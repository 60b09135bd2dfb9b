use declarest::{Call, api};

struct Range {
    from: u32,
}

#[api]
trait Api {
    #[get("/a/{id}")]
    fn a(&self, id: &Range) -> Call<()>;
}

fn main() {}
