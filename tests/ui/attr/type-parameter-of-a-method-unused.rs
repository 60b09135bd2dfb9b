use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a<T>(&self) -> Call<()>;
}

fn main() {}
