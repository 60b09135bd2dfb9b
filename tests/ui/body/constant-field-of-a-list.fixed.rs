use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", field("c" = true))]
    fn a(&self, #[field] b: u8) -> Call<()>;
}

fn main() {}
