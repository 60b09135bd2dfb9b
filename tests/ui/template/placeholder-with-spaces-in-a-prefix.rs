use declarest::{Call, api};

#[api("/tenants/{ tenant }")]
pub trait Users {
    #[get("/users")]
    fn users(&self, tenant: &str) -> Call<()>;
}

fn main() {}
