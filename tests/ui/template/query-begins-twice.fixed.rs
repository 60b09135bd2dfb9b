use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a?b=1")]
    fn a(&self) -> Call<()>;
}

fn main() {}
