use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[cfg_attr(all(), query)] limit: u32) -> Call<()>;
}

fn main() {}
