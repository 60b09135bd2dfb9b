use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", auth = none)]
    fn a(&self, #[header("Authorization")] token: &str) -> Call<()>;
}

fn main() {}
