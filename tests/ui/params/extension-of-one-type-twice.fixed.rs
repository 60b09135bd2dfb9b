use declarest::{Call, api};

#[derive(Clone)]
struct Other(u8);

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[extension] a: u8, #[extension] b: Other) -> Call<()>;
}

fn main() {}
