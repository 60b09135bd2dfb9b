use declarest::{Call, api};

#[api]
trait Api {
    #[get("https://example.com/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
