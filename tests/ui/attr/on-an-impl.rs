use declarest::{Call, api};

struct Client;

#[api]
impl Client {
    #[get("/a")]
    fn a(&self, #[query] b: u8) -> Call<()> {
        loop {}
    }
}

fn main() {}
