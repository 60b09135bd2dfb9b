use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    async fn a(&self) -> Call<u8>;
}

fn main() {}
