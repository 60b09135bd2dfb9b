use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/users/{id}")]
    fn written_out(&self, id: &str) -> Call<()>;
    #[delete("/users/{id}/{key}")]
    fn escaped(&self, id: &str, key: &str) -> Call<()>;
}

fn main() {}
