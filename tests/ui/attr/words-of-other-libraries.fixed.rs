use declarest::{Call, api};

#[api(base = "https://example.com")]
trait Api {
    #[get("/a", deadline = "10s")]
    fn a(&self) -> Call<()>;

    #[get("/b", attempts = 3)]
    fn b(&self) -> Call<()>;
}

fn main() {}
