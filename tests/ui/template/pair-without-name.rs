use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a?")]
    fn a(&self) -> Call<()>;

    #[get("/b?c=1&&d=2")]
    fn b(&self) -> Call<()>;
}

fn main() {}
