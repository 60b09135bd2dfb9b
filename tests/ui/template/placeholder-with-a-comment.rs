use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/a/{/*c*/id}")]
    fn block(&self, id: &str) -> Call<()>;
    #[delete("/b/{id/**/}")]
    fn behind(&self) -> Call<()>;
    #[delete("/c/{//c\nid}")]
    fn line(&self, id: &str) -> Call<()>;
}

fn main() {}
