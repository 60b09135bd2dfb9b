use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a?name=value")]
    fn a(&self) -> Call<()>;

    #[get("/b?c=1&d=2")]
    fn b(&self) -> Call<()>;
}

fn main() {}
