use declarest::{Call, api};

#[api]
trait Api {
    #[post("/a", idempotency_key = "Idempotency-Key")]
    fn a(&self) -> Call<()>;
}

fn main() {}
