use declarest::{Call, api};

#[api]
trait Api {
    #[get("/projects/{id}")]
    fn get(&self, id: &str) -> Call<()>;
    #[nest("/projects/{project_id}")]
    fn project(&self, project_id: &str) -> ApiClient;
}

fn main() {}
