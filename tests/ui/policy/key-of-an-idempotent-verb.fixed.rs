use declarest::{Call, api};

#[api]
trait Api {
    #[put("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
