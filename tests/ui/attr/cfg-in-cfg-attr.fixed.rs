use declarest::{Call, api};

#[api]
pub trait Users {
    #[get("/users/{id}")]
    fn argument(&self, id: &str) -> Call<()>;
    #[cfg(any(not(all(unix, windows)), debug_assertions))]
    #[get("/users")]
    fn method(&self) -> Call<()>;
}

fn main() {}
