use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{rest..}")]
    fn a(&self, rest: u32) -> Call<()>;
}

fn main() {}
