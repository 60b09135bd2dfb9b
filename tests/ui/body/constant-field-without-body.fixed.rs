use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", field("stream" = true), encoding = "json")]
    fn a(&self) -> Call<()>;
}

fn main() {}
