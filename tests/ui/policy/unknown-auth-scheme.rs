use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", auth = baerer)]
    fn a(&self) -> Call<()>;
}

fn main() {}
