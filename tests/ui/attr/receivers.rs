use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a() -> Call<()>;

    #[get("/b")]
    fn b(self: Box<Self>) -> Call<()>;

    #[get("/c")]
    fn c(#[query] &self) -> Call<()>;
}

fn main() {}
