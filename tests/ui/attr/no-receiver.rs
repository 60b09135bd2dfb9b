use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a() -> Call<()>;
}

fn main() {}
