use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[extension] a: u8, #[extension] b: u8) -> Call<()>;
}

fn main() {}
