use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[matrix] limit: u32) -> Call<()>;
}

fn main() {}
