use declarest::{Call, api};

#[api]
trait Api {
    #[get("/users/{user_id}/keys")]
    fn a(&self, usr_id: &str) -> Call<()>;
}

fn main() {}
