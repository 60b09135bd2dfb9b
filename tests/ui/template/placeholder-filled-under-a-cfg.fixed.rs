use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/a/{id}/keys/{key}")]
    fn one_option(&self, id: &str, key: &str) -> Call<()>;
    #[delete("/b/{id}")]
    fn two_options(&self, #[cfg(windows)] id: &str, #[cfg(not(windows))] id: &str) -> Call<()>;
    #[delete("/c/{id}")]
    fn three(
        &self,
        #[cfg(windows)] id: &str,
        #[cfg(all(unix, not(windows)))] id: &str,
        #[cfg(not(any(windows, unix)))]
        #[segment("id")]
        key: &str,
    ) -> Call<()>;
    #[cfg(windows)]
    #[delete("/d/{id}")]
    fn never_there(&self, id: &str) -> Call<()>;
}

fn main() {}
