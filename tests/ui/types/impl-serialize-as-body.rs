use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[body] b: impl serde::Serialize) -> Call<()>;
}

fn main() {}
