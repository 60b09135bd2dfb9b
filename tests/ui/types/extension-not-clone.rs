use declarest::{Call, api};

struct Trace;

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[extension] trace: Trace) -> Call<()>;
}

fn main() {}
