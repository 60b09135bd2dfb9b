use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flag)] verbose: bool) -> Call<()>;
}

fn main() {}
