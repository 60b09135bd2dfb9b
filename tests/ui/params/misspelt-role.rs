use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[querry] limit: u32) -> Call<()>;
}

fn main() {}
