use declarest::{Call, api};

#[api]
trait Api: std::fmt::Display {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
