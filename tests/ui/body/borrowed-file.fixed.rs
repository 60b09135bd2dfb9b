use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[part] b: declarest::File) -> Call<()>;
}

fn main() {}
