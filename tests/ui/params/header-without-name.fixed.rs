use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[header("x-token")] x_token: &str) -> Call<()>;
}

fn main() {}
