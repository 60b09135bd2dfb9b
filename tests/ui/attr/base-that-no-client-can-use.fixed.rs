use declarest::{Call, api};

#[api(base = "https://example.com")]
trait Scheme {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

#[api(base = "https://example.com:443")]
trait Port {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

#[api(base = "https://example.com/b")]
trait Path {
    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn uses() {
    let _ = SchemeClient::builder();
    let _ = (PortClient::BASE_URL, PathClient::BASE_URL);
}

fn main() {}
