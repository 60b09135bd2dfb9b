use declarest::{Call, api};

#[api]
trait Api {
    #[method("PURGE", "/a")]
    fn a(&self) -> Call<()>;

    #[method("PURGE", "/b")]
    fn b(&self) -> Call<()>;

    #[method("PURGE", "/c")]
    fn c(&self) -> Call<()>;

    #[method("PURGE", "/d")]
    fn d(&self) -> Call<()>;

    #[method("PURGE", "/e")]
    fn e(&self) -> Call<()>;
}

fn main() {}
