use declarest::{Call, api};

#[api]
pub trait Project {
    #[get("/keys")]
    fn keys(&self) -> Call<()>;
}

#[api]
pub trait Users {
    #[nest("/projects/{id}")]
    fn with_its_argument(&self, id: &str) -> ProjectClient;
    #[nest("/others/{id}")]
    fn without_an_argument(&self, id: &str) -> ProjectClient;
}

fn main() {}
