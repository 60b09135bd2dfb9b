use declarest::Multipart;

#[derive(serde::Serialize)]
struct Meta {
    id: u8,
}

#[derive(Multipart)]
struct Upload {
    meta: Meta,
    #[part(flatten)]
    more: Meta,
}

fn main() {}
