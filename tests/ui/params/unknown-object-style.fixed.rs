use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flatten, objects = "brackets")] ids: &()) -> Call<()>;
}

fn main() {}
