use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn create(&self) -> Call<()>;
}

fn main() {}
