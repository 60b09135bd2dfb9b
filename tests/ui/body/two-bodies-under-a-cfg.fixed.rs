use declarest::{Call, api};

#[api]
pub trait Users {
    #[post("/a")]
    fn json(
        &self,
        #[cfg(unix)]
        #[json]
        a: &str,
        #[cfg(all(windows, not(unix)))]
        #[json]
        b: &str,
    ) -> Call<()>;
    #[post("/b")]
    fn json_and_form(
        &self,
        #[cfg(not(windows))]
        #[json]
        a: &str,
        #[cfg(windows)]
        #[form]
        b: &[(&str, &str)],
    ) -> Call<()>;
    #[post("/c")]
    fn field_and_json(&self, #[field] a: &str, #[field] b: &str, #[field] c: &str) -> Call<()>;
    #[post("/d", encoding = "multipart")]
    fn no_part_at_times(
        &self,
        #[cfg(unix)]
        #[part]
        a: &str,
        #[cfg(not(unix))]
        #[part]
        part: &str,
    ) -> Call<()>;
}

fn main() {}
