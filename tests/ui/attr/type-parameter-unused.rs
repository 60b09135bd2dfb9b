use declarest::{Call, api};

#[api]
trait Api<T> {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
