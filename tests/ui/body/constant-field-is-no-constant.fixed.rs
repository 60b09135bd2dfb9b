use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", field("stream" = true))]
    fn a(&self, #[json] a: &()) -> Call<()>;
}

fn main() {}
