use declarest::{Call, api};

#[api("/organization", dead_line = "10s")]
trait Organization {
    #[gett("/users")]
    fn users(&self) -> Call<()>;

    #[get("/users/{user_id}")]
    fn user(&self, usr_id: &str) -> Call<()>;

    #[post("/users")]
    fn create(&self, #[jsn] user: &str) -> Call<()>;

    #[get("/keys", deadline = "soon")]
    fn keys(&self) -> Result<(), declarest::Error>;

    #[post("/keys", attempts = 3)]
    fn add_key(&self, #[json] key: &str, #[form] more: &()) -> Call<()>;

    #[get("/files/{path..}//meta")]
    fn file(&mut self, path: &str) -> Call<()>;
}

fn take(client: &OrganizationClient) -> Call<()> {
    client.users()
}

fn main() {}
