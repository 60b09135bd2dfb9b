use declarest::{File, Multipart};

#[derive(Multipart)]
#[multipart(rename_all = "camelCase")]
struct Upload {
    #[part(content_type = "text/plain; charset=utf-8")]
    table: File,
    #[part("ab")]
    text: String,
    #[part(flatten)]
    more: More,
    custom: u8,
    #[part("another_table")]
    again: File,
}

#[derive(Multipart)]
struct More {
    id: u8,
}

#[derive(Multipart)]
struct Named {
    number: u8,
}

#[derive(Multipart)]
struct Choice {
    a: bool,
}

fn main() {}
