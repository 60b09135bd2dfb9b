use declarest::{Call, api};

#[api]
trait Api {
    #[get(concat!("/a", "/b"))]
    fn a(&self) -> Call<()>;
}

fn main() {}
