use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<String>;

    #[get("/b")]
    fn b(&self) -> Call<std::borrow::Cow<'static, str>>;

    #[get("/c")]
    fn c(&self) -> Call<String>;
}

fn main() {}
