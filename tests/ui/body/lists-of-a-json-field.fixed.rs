use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", encoding = "form")]
    fn a(&self, #[field(lists = "comma")] b: &[u8]) -> Call<()>;
}

fn main() {}
