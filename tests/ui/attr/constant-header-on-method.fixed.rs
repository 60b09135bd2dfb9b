use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", header("A" = "b"))]
    fn a(&self) -> Call<()>;
}

fn main() {}
