use declarest::{Call, api};

#[api]
trait Api {
    #[get("/b")]
    fn b(&self) -> Call<()>;
    #[nest("/x")]
    fn a(&self) -> ApiClient;
}

fn main() {}
