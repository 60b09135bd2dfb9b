use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{path}")]
    fn slash(&self, path: &str) -> Call<()>;
    #[get("/b")]
    fn query(&self, #[query] limit: u32, #[query] after: &str) -> Call<()>;
    #[get("/c/{path..}")]
    fn reserved(&self, path: &str) -> Call<()>;
    #[get("/d/{a},{b}")]
    fn list(&self, a: &str, b: &str) -> Call<()>;
    #[get("/e.{ext}")]
    fn label(&self, ext: &str) -> Call<()>;
}

fn main() {}
