use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/users/{
        id}")]
    fn written_out(&self, id: &str) -> Call<()>;
    #[delete("/users/{id\t}/{key\r\n}")]
    fn escaped(&self, id: &str) -> Call<()>;
}

fn main() {}
