use declarest::{Call, api};

#[api]
pub trait Users {
    #[get("/a")]
    fn query(
        &self,
        #[cfg(unix)]
        #[query]
        id: &str,
        #[cfg(all(windows, not(unix)))]
        #[query("id")]
        key: &str,
    ) -> Call<()>;
    #[get("/b")]
    fn header(
        &self,
        #[cfg(not(windows))]
        #[header("X-Id")]
        id: &str,
        #[cfg(windows)]
        #[header("x-id")]
        key: &str,
    ) -> Call<()>;
    #[post("/c")]
    fn field(
        &self,
        #[cfg(unix)]
        #[field]
        id: &str,
        #[cfg(not(unix))]
        #[field("id")]
        key: &str,
    ) -> Call<()>;
    #[post("/d")]
    fn part(
        &self,
        #[cfg(unix)]
        #[part]
        id: &str,
        #[cfg(all(any(unix, windows), not(unix)))]
        #[part("id")]
        key: &str,
    ) -> Call<()>;
    #[get("/e")]
    fn extension(
        &self,
        #[cfg(unix)]
        #[extension]
        a: u8,
        #[cfg(all(windows, not(unix)))]
        #[extension]
        b: u8,
    ) -> Call<()>;
}

fn main() {}
