use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query(flatten)] b: &std::collections::BTreeMap<String, u8>) -> Call<()>;
}

fn main() {}
