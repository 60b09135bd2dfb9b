use declarest::{Call, api};

#[api]
trait Api {
    #[get("/orgs/{org}/a")]
    fn a(&self, org: &str) -> Call<()>;
}

fn main() {}
