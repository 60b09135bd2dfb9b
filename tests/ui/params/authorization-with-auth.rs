use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", auth = bearer)]
    fn a(&self, #[header("Authorization")] token: &str) -> Call<()>;
}

fn main() {}
