use declarest::{Call, api};

#[api]
trait Api {
    #[header("A" = "b")]
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
