use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", field("stream" = STREAM))]
    fn a(&self, #[json] a: &()) -> Call<()>;
}

fn main() {}
