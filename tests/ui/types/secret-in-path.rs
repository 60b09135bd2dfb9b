use declarest::{Call, Secret, api};

#[api]
trait Api {
    #[get("/a/{token}")]
    fn a(&self, token: &Secret) -> Call<()>;
}

fn main() {}
