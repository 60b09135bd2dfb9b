use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    extern "C" fn a(&self) -> Call<()>;
}

fn main() {}
