use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a\r\nb")]
    fn a(&self) -> Call<()>;
}

fn main() {}
