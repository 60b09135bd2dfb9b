use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/a/{id}")]
    fn at_times(
        &self,
        #[cfg(not(windows))] id: &str,
        #[cfg(windows)]
        #[segment("id")]
        key: &str,
    ) -> Call<()>;
    #[delete("/b/{id}")]
    fn at_other_times(
        &self,
        #[cfg(unix)] id: &str,
        #[cfg(not(unix))]
        #[segment("id")]
        key: &str,
    ) -> Call<()>;
    #[delete("/c/{id}")]
    fn with_two_options(
        &self,
        #[cfg(not(all(unix, windows)))] id: &str,
        #[cfg(all(unix, all(unix, windows)))]
        #[segment("id")]
        key: &str,
    ) -> Call<()>;
    #[delete("/d/{id}")]
    fn always(&self, id: &str) -> Call<()>;
}

fn main() {}
