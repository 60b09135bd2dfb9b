use declarest::{Call, api};

#[api]
trait Child {
    #[get("")]
    fn a(&self) -> Call<()>;
}

#[api]
trait Api {
    #[nest]
    fn child(&self) -> ChildClient;
}

fn main() {}
