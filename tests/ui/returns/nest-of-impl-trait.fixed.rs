use declarest::{Call, api};

#[api]
trait Inner {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

#[api]
trait Outer {
    #[nest("/x")]
    fn a(&self) -> InnerClient;
}

fn main() {}
