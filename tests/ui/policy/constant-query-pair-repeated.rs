use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a?notify=false")]
    fn a(&self, #[query] notify: bool) -> Call<()>;
}

fn main() {}
