use declarest::{Call, api};

#[api]
trait Api<T> {
    #[get("/a/{id}")]
    fn a(&self, id: T) -> Call<()>;
}

fn main() {}
