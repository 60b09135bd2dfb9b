use declarest::{Call, api};

#[api(client = "My Client")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
