use declarest::{Call, api};

#[api]
trait Api {
    #[get("/users")]
    fn a(&self, #[query] limit: u32) -> Call<()>;
}

fn main() {}
