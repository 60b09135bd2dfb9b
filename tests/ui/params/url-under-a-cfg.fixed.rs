use declarest::{Call, api};

use http::Uri;

#[api]
pub trait Users {
    #[get]
    fn at_times(&self, #[url] url: &Uri) -> Call<()>;
    #[get]
    fn two(
        &self,
        #[cfg(unix)]
        #[url]
        url: &Uri,
        #[cfg(not(unix))]
        #[url]
        other: &Uri,
    ) -> Call<()>;
    #[get]
    fn twice(
        &self,
        #[cfg(not(windows))]
        #[url]
        url: &Uri,
        #[cfg(windows)]
        #[url]
        other: &Uri,
    ) -> Call<()>;
}

fn main() {}
