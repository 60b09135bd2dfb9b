use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a", attempts = 3)]
    fn doubled(&self) -> Call<()>;
    #[get("/b")]
    fn leading(&self) -> Call<()>;
    #[get("/c", attempts = 3)]
    fn missing(&self) -> Call<()>;
    #[get("/d", attempts = 3, deadline = "1s")]
    fn missing_between_keys(&self) -> Call<()>;
    #[get("/e", header("A" = "b", "C" = "d", "E" = "f"))]
    fn within(&self) -> Call<()>;
}

fn main() {}
