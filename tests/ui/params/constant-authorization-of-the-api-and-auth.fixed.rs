use declarest::{Call, api};

#[api(header("Authorization" = "Basic eDp5"))]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
