use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a%0D%0Ab")]
    fn a(&self) -> Call<()>;
}

fn main() {}
