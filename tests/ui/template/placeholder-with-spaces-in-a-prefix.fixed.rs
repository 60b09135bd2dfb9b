use declarest::{Call, api};

#[api]
pub trait Users {
    #[get("/tenants/{tenant}/users")]
    fn users(&self, tenant: &str) -> Call<()>;
}

fn main() {}
