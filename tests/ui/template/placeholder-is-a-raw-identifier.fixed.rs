use declarest::{Call, api};

#[api]
pub trait Users {
    #[get("/a/{type}")]
    fn raw(&self, r#type: &str) -> Call<()>;
    #[get("/b/{id}")]
    fn plain(&self, id: &str) -> Call<()>;
    #[get("/c/{id}")]
    fn reserved(&self, id: &str) -> Call<()>;
}

fn main() {}
