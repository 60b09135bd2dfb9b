use declarest::{Call, api};

#[api("/orgs/{org}")]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn main() {}
