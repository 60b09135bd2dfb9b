use declarest::{Call, api};

#[api("/prefix")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
