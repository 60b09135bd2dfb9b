use declarest::{Call, api};

#[api]
trait Api {
    #[get("/users")]
    fn a(&self) -> Call<()>;
}

fn main() {}
