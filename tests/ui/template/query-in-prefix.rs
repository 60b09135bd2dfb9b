use declarest::{Call, api};

#[api("/orgs?x=1")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
