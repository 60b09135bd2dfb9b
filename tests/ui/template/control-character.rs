use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a\u{7}b")]
    fn a(&self) -> Call<()>;
}

fn main() {}
