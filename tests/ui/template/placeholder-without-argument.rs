use declarest::{Call, api};

#[api]
trait Api {
    #[get("/users/{user_id}/keys")]
    fn a(&self) -> Call<()>;
}

fn main() {}
