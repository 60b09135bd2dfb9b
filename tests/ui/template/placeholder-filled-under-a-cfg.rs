use declarest::{Call, api};

#[api]
pub trait Users {
    #[delete("/a/{id}/keys/{key}")]
    fn one_option(&self, #[cfg(windows)] id: &str, key: &str) -> Call<()>;
    #[delete("/b/{id}")]
    fn two_options(&self, #[cfg(windows)] id: &str, #[cfg(unix)] id: &str) -> Call<()>;
    #[delete("/c/{id}")]
    fn three(
        &self,
        #[cfg(windows)] id: &str,
        #[cfg(unix)] id: &str,
        #[cfg(all(not(windows), debug_assertions))]
        #[segment("id")]
        key: &str,
    ) -> Call<()>;
    #[cfg(windows)]
    #[delete("/d/{id}")]
    fn never_there(&self, #[cfg(not(windows))] id: &str) -> Call<()>;
}

fn main() {}
