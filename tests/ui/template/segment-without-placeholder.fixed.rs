use declarest::{Call, api};

#[api]
trait Api {
    #[get("/users/{user_id}/{key_id}")]
    fn a(&self, user_id: &str, #[segment("key_id")] key: &str) -> Call<()>;
}

fn main() {}
