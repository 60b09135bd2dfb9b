use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", encoding = "multipart")]
    fn a(&self) -> Call<()>;
}

fn main() {}
