use declarest::{Call, api};

#[api]
trait Inner {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

#[api]
trait Outer {
    #[nest("/q", deadline = "1s")]
    fn a(&self) -> InnerClient;

    #[nest(path = "/x")]
    fn b(&self) -> InnerClient;

    #[nest("/x?y=1")]
    fn c(&self) -> InnerClient;

    #[nest]
    async fn e(&self) -> InnerClient;
}

fn main() {}
