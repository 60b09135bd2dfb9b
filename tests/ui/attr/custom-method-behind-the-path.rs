use declarest::{Call, api};

#[api]
trait Api {
    #[method("/a/{id}", "PURGE")]
    fn a(&self, id: u8) -> Call<()>;
}

fn main() {}
