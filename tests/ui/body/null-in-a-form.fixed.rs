use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", field("c" = "c"))]
    fn a(&self, #[form] b: &std::collections::BTreeMap<String, String>) -> Call<()>;
}

fn main() {}
