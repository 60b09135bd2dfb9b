use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id}")]
    fn default(&self, id: &str) -> Call<()>;
    #[get("/b/{id}")]
    fn pattern(&self, id: &str) -> Call<()>;
    #[get("/c/{id}")]
    fn two_pairs_of_braces(&self, id: &str) -> Call<()>;
    #[get("/d/{id}")]
    fn optional(&self, id: &str) -> Call<()>;
}

fn main() {}
