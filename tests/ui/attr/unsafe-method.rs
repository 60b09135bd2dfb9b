use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    unsafe fn a(&self) -> Call<()>;
}

fn main() {}
