use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a/{id=default}")]
    fn default(&self, id: &str) -> Call<()>;
    #[get("/b/{id:\\d{2}}")]
    fn pattern(&self, id: &str) -> Call<()>;
    #[get("/c/{{id}}")]
    fn two_pairs_of_braces(&self, id: &str) -> Call<()>;
    #[get("/d/{id?}")]
    fn optional(&self, id: &str) -> Call<()>;
}

fn main() {}
