use declarest::{File, Multipart};

#[derive(Multipart)]
#[multipart(rename_all = "camelcase", naem = 1)]
struct Upload {
    #[part(content_type = "csv")]
    table: File,
    #[part("a\nb", lists = "comma")]
    text: String,
    #[part("more", flatten)]
    more: More,
    #[serde(with = "module")]
    custom: u8,
    #[part("table")]
    again: File,
}

#[derive(Multipart)]
struct More {
    id: u8,
}

#[derive(Multipart)]
struct Tuple(u8);

#[derive(Multipart)]
enum Choice {
    A,
}

fn main() {}
