use declarest::{Call, api};

#[api]
pub trait Users {
    #[get("/a/{r#type}")]
    fn raw(&self, r#type: &str) -> Call<()>;
    #[get("/b/{r#id}")]
    fn plain(&self, id: &str) -> Call<()>;
    #[get("/c/{self}")]
    fn reserved(&self) -> Call<()>;
}

fn main() {}
