use declarest::{Call, api};

#[api]
trait Api {
    #[get("/users/{user_id}/keys")]
    fn a(&self, user_id: &str) -> Call<()>;
}

fn main() {}
