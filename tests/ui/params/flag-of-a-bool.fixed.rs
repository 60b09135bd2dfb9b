use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flag)] verbose: Option<&str>) -> Call<()>;
}

fn main() {}
