use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/a/{id}")]
    fn at_times(&self, id: &str, #[cfg(windows)] #[segment("id")] key: &str) -> Call<()>;
    #[delete("/b/{id}")]
    fn at_other_times(&self, #[cfg(unix)] id: &str, #[segment("id")] key: &str) -> Call<()>;
    #[delete("/c/{id}")]
    fn with_two_options(
        &self,
        #[cfg(not(all(unix, windows)))] id: &str,
        #[cfg(unix)]
        #[segment("id")]
        key: &str,
    ) -> Call<()>;
    #[delete("/d/{id}")]
    fn always(&self, id: &str, #[segment("id")] key: &str) -> Call<()>;
}

fn main() {}
