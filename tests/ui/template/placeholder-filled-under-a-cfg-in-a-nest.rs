use declarest::{Call, api};

#[api]
pub trait Project {
    #[get("/keys")]
    fn keys(&self) -> Call<()>;
}

#[api]
pub trait Users {
    #[nest("/projects/{id}")]
    fn project(&self, #[cfg(windows)] id: &str) -> ProjectClient;
    #[nest("/projects/{id}")]
    fn twice(&self, #[cfg(windows)] id: &str, #[segment("id")] key: &str) -> ProjectClient;
}

fn main() {}
