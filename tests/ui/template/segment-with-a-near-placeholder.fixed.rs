use declarest::{Call, api};

#[api]
trait Api {
    #[get("/users/{user_id}")]
    fn a(&self, #[segment("user_id")] user: &str) -> Call<()>;
}

fn main() {}
