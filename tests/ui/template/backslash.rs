use declarest::{Call, api};

#[api]
trait Api {
    #[get(r"/a\b")]
    fn a(&self) -> Call<()>;
}

fn main() {}
