use declarest::{Call, api};

#[api(client = "ApiClient")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
