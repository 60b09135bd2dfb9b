use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<&str>;

    #[get("/b")]
    fn b(&self) -> Call<std::borrow::Cow<'_, str>>;

    #[get("/c")]
    fn c(&self) -> Call<&'static str>;
}

fn main() {}
