use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", auth = bearer)]
    fn a(&self) -> Call<()>;
}

fn main() {}
