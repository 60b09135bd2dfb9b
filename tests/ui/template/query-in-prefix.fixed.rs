use declarest::{Call, api};

#[api("/orgs")]
trait Api {
    #[get("/a?x=1")]
    fn a(&self) -> Call<()>;
}

fn main() {}
