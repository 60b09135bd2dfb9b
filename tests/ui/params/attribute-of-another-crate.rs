use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[serde(default)] b: u8) -> Call<()>;
}

fn main() {}
