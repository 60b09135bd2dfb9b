use declarest::{Call, api};

#[api]
trait Api {
    #[get("/a")]
    fn a(&self) -> Call<Report>;

    #[get("/b/{id}")]
    fn b(&self, id: Id) -> Call<()>;

    #[post("/c")]
    fn c(&self, #[json] new: &[New]) -> Call<()>;

    #[nest]
    fn d(&self) -> OtherClient;
}

fn main() {}
