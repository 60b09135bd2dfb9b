use declarest::api;

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> (u8, u8);
}

fn main() {}
