use declarest::{Call, api};

#[api]
trait Api {
    #[get("/100%")]
    fn a(&self) -> Call<()>;
}

fn main() {}
