use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn copy(&self) -> Call<()>;
}

fn main() {}
