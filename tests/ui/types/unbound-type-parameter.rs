use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a<T>(&self, #[json] body: &T) -> Call<()>;
}

fn main() {}
