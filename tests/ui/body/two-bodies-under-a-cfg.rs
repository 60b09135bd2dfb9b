use declarest::{Call, api};

#[api]
pub trait Users {
    #[post("/a")]
    fn json(&self, #[cfg(unix)] #[json] a: &str, #[cfg(windows)] #[json] b: &str) -> Call<()>;
    #[post("/b")]
    fn json_and_form(&self, #[json] a: &str, #[cfg(windows)] #[form] b: &[(&str, &str)]) -> Call<()>;
    #[post("/c")]
    fn field_and_json(&self, #[field] a: &str, #[field] b: &str, #[cfg(windows)] #[json] c: &str) -> Call<()>;
    #[post("/d", encoding = "multipart")]
    fn no_part_at_times(&self, #[cfg(unix)] #[part] a: &str) -> Call<()>;
}

fn main() {}
