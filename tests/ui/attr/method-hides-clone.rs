use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn clone(&self) -> Call<()>;
}

fn main() {}
