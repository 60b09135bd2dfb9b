use declarest::{Call, api};

#[api]
trait Keys {
    #[get("keys")]
    fn list(&self, #[query] limit: u32, #[query("limit")] more: u32) -> Call<()>;

    #[delete("/keys/{key-id}")]
    fn delete(&self) -> Call<()>;

    #[put("/keys", idempotent, header("Host" = "example.com"))]
    fn replace(&self) -> Call<()>;
}

fn main() {}
