use declarest::{Call, api};

#[api]
trait Api {
    #[get("/client")]
    fn client(&self) -> Call<()>;
}

fn main() {}
