use declarest::{Call, api};

#[api(deadline = "10s")]
trait Api {
    #[get("/a", attempt_timeout = "20s")]
    fn a(&self) -> Call<()>;
    #[get("/b", attempt_timeout = "2s", deadline = "500ms")]
    fn b(&self) -> Call<()>;
}

#[api(deadline = "10s", attempt_timeout = "1m")]
trait Other {}

fn main() {}
