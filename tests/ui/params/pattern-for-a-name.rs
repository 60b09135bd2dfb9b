use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[json] (a, b): (u8, u8)) -> Call<()>;
}

fn main() {}
