use declarest::{Call, api};

#[api]
trait Api {
    #[method("PURGE", "/a/{id}")]
    fn a(&self, id: u8) -> Call<()>;
}

fn main() {}
