use declarest::{Call, api};

#[api(dyn)]
trait Api {
    #[post("/a")]
    fn a<T: serde::Serialize>(&self, #[json] b: &T) -> Call<()>;
}

fn main() {}
