use declarest::{Call, api};

#[api(crate = "declarest")]
trait Api {
    #[get("/a", deadline = "10s", attempts = 3, auth = none)]
    fn a(&self) -> Call<()>;

    #[post("/b", idempotent)]
    fn b(&self) -> Call<()>;

    #[get("/c", header("A" = "b"))]
    fn c(&self) -> Call<()>;
}

fn main() {}
