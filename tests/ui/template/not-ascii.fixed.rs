use declarest::{Call, api};

#[api]
trait Api {
    #[get("/stra%C3%9Fe")]
    fn a(&self) -> Call<()>;
}

fn main() {}
