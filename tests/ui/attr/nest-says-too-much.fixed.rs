use declarest::{Call, api};

#[api]
trait Inner {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

#[api]
trait Outer {
    #[nest("/q")]
    fn a(&self) -> InnerClient;

    #[nest("/x")]
    fn b(&self) -> InnerClient;

    #[nest("/y")]
    fn c(&self) -> InnerClient;

    #[nest("/{rest}")]
    fn d(&self, rest: &str) -> InnerClient;

    #[nest]
    fn e(&self) -> InnerClient;
}

fn main() {}
