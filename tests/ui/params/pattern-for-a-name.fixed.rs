use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[json] arg1: (u8, u8)) -> Call<()>;
}

fn main() {}
