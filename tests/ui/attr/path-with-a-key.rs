use declarest::{Call, api};

#[api]
trait Api {
    #[get(path = "/a")]
    fn a(&self) -> Call<()>;

    #[get(url = "/b/{id}")]
    fn b(&self, id: u8) -> Call<()>;
}

fn main() {}
