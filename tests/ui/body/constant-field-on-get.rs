use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", field("stream" = true))]
    fn a(&self) -> Call<()>;
}

fn main() {}
