use declarest::{Call, api};

#[api]
trait Api {
    #[get("/b")]
    fn b(&self, id) -> Call<()>;

    #[get("/a")]
    fn a(&self) -> Call<()>;
}

fn take(client: &ApiClient) -> Call<()> {
    client.a()
}

fn main() {}
