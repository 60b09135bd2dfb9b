use declarest::{Call, Secret, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query] token: &Secret) -> Call<()>;
}

fn main() {}
