use declarest::{Call, api};

#[api]
trait Api {
    #[get("/projects/{id}")]
    fn get(&self, id: &str) -> Call<()>;
    #[nest]
    fn project(&self) -> ApiClient;
}

fn main() {}
