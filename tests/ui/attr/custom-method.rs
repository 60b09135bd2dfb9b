use declarest::{Call, api};

#[api]
trait Api {
    #[method("/a")]
    fn a(&self) -> Call<()>;

    #[method("purge", "/b")]
    fn b(&self) -> Call<()>;

    #[method(PURGE, "/c")]
    fn c(&self) -> Call<()>;

    #[method("PURGE")]
    fn d(&self) -> Call<()>;

    #[method]
    fn e(&self) -> Call<()>;
}

fn main() {}
