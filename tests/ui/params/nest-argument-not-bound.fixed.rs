use declarest::{Call, api};

#[api]
trait Api {
    #[get("/b")]
    fn b(&self) -> Call<()>;
    #[nest("/x/{id}")]
    fn a(&self, id: &str) -> ApiClient;
}

fn main() {}
