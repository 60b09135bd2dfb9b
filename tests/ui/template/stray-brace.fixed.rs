use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/%7Did")]
    fn a(&self) -> Call<()>;
}

fn main() {}
