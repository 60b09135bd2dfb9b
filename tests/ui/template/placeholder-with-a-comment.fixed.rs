use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/a/{id}")]
    fn block(&self, id: &str) -> Call<()>;
    #[delete("/b/{id}")]
    fn behind(&self, id: &str) -> Call<()>;
    #[delete("/c/{id}")]
    fn line(&self, id: &str) -> Call<()>;
}

fn main() {}
