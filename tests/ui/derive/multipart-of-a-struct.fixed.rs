use declarest::Multipart;

#[derive(serde::Serialize)]
struct Meta {
    id: u8,
}

#[derive(Multipart)]
struct More {
    id: u8,
}

#[derive(Multipart)]
struct Upload {
    #[part(json)]
    meta: Meta,
    #[part(flatten)]
    more: More,
}

fn main() {}
