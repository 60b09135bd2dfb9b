use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a/{id}")]
    fn a(
        &self,
        #[segment("id")] id: &str,
        #[header("X-B")] b: &str,
        #[part(file_name = "b.txt")] c: &str,
        #[part(json)] d: &str,
    ) -> Call<()>;

    #[post("/b")]
    fn b(&self, #[body(content_type = "text/csv")] e: &str) -> Call<()>;

    #[post("/c")]
    fn c(&self, #[form(lists = "comma")] f: &std::collections::BTreeMap<String, u8>) -> Call<()>;
}

fn main() {}
