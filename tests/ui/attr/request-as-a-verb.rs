use declarest::{Call, api};

#[api]
trait Api {
    #[request(GET, "/a")]
    fn a(&self) -> Call<()>;
    #[request(method = "POST", path = "/b")]
    fn b(&self) -> Call<()>;
    #[route("/c")]
    fn c(&self) -> Call<()>;
}

fn main() {}
