use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self, #[query_map] b: &[(&str, &str)], #[header_map] c: &[(&str, &str)]) -> Call<()>;
    #[post("/b")]
    fn b(&self, #[field_map] c: &[(&str, &str)]) -> Call<()>;
    #[post("/c")]
    fn c(&self, #[part_map] d: &str) -> Call<()>;
    #[get("/d")]
    fn d(&self, #[alias_as("x")] e: u8) -> Call<()>;
}

fn main() {}
