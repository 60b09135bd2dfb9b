use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/a/{id}")]
    fn without_an_argument(&self, id: &str) -> Call<()>;
    #[delete("/b/{id}")]
    fn with_its_argument(&self, id: &str) -> Call<()>;
    #[delete("/c/{id}/{rest..}")]
    fn rest(&self, id: &str, rest: &[&str]) -> Call<()>;
}

fn main() {}
