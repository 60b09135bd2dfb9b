use declarest::{Call, api};

#[api]
pub trait Users {
    #[get("/users/{id}")]
    fn argument(&self, #[cfg_attr(unix, cfg(windows))] id: &str) -> Call<()>;
    #[cfg_attr(unix, cfg_attr(windows, cfg(feature = "x")))]
    #[get("/users")]
    fn method(&self) -> Call<()>;
}

fn main() {}
