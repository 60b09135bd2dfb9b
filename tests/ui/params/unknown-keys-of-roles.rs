use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a/{id}")]
    fn a(
        &self,
        #[segment("id", encode)] id: &str,
        #[header("X-B", flaten)] b: &str,
        #[part(file = "b.txt")] c: &str,
        #[part(jsn)] d: &str,
    ) -> Call<()>;

    #[post("/b")]
    fn b(&self, #[body(type = "text/csv")] e: &str) -> Call<()>;

    #[post("/c")]
    fn c(&self, #[form(list = "comma")] f: &std::collections::BTreeMap<String, u8>) -> Call<()>;
}

fn main() {}
