use declarest::{Call, api};

#[api(deadline = "10s")]
trait Api {
    #[get("/a", attempt_timeout = "5s")]
    fn a(&self) -> Call<()>;
    #[get("/b", attempt_timeout = "2s", deadline = "5s")]
    fn b(&self) -> Call<()>;
}

#[api(deadline = "10s", attempt_timeout = "1s")]
trait Other {}

fn main() {}
