use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{userId}")]
    fn a(&self, #[segment("userId")] user_id: u8) -> Call<()>;
}

fn main() {}
