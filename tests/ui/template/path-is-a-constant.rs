use declarest::{Call, api};

const PATH: &str = "/a";

#[api]
trait Api {
    #[get(PATH)]
    fn a(&self) -> Call<()>;
}

fn main() {}
