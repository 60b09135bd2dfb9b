use declarest::{Call, api};

#[api]
trait Api {
    #[get("/client")]
    fn get_client(&self) -> Call<()>;
}

fn main() {}
