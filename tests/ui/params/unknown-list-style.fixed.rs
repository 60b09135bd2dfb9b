use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(lists = "comma")] ids: &[u32]) -> Call<()>;
}

fn main() {}
