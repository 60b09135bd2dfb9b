use declarest::{Call, api};

#[api]
trait Keys {
    #[get("/keys")]
    fn list(&self, #[query] limit: u32, #[query("more")] more: u32) -> Call<()>;

    #[delete("/keys/{key_id}")]
    fn delete(&self, key_id: &str) -> Call<()>;

    #[put("/keys")]
    fn replace(&self) -> Call<()>;
}

fn main() {}
