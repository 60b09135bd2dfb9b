use declarest::{Call, api};

#[api]
pub trait Project {
    #[get("/keys")]
    fn keys(&self) -> Call<()>;
}

#[api]
pub trait Users {
    #[nest("/projects/{id}")]
    fn project(&self, #[cfg(windows)] id: &str, #[cfg(not(windows))] id: &str) -> ProjectClient;
    #[nest("/projects/{id}")]
    fn twice(
        &self,
        #[cfg(windows)] id: &str,
        #[cfg(not(windows))]
        #[segment("id")]
        key: &str,
    ) -> ProjectClient;
}

fn main() {}
