use declarest::{Next, Page, Pages, Sent, api};

#[derive(serde::Deserialize)]
struct List {
    data: Vec<u8>,
}

impl Page for List {
    type Item = u8;

    fn into_items(self) -> Vec<u8> {
        self.data
    }

    fn next(&self, _: &Sent<'_>) -> Result<Next, declarest::BoxError> {
        Ok(Next::Done)
    }
}

#[api]
trait Api {
    #[post("/a")]
    fn a(&self, #[json] b: &()) -> Pages<List>;
}

fn main() {}
