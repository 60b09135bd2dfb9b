use declarest::{Call, api};

#[api]
trait Inner<T: declarest::Scalar> {
    #[get("/a")]
    fn a(&self, #[query] b: T) -> Call<()>;
}

#[api]
trait Outer {
    #[nest("/x")]
    fn a<T: declarest::Scalar>(&self) -> InnerClient<T>;
}

fn main() {}
