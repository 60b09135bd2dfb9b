use declarest::{Call, api};

#[api(crate = declarest)]
trait Api {
    #[get("/a", deadline = 10, attempts = "3", auth = None)]
    fn a(&self) -> Call<()>;

    #[post("/b", idempotent = true)]
    fn b(&self) -> Call<()>;

    #[get("/c", header("A", "b"))]
    fn c(&self) -> Call<()>;
}

fn main() {}
