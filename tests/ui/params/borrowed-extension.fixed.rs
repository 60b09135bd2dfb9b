use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[extension] b: String) -> Call<()>;
}

fn main() {}
