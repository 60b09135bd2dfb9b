//! Amazon's S3, as far as a program needs it that stores files. See [`Objects`]; its requests are signed by
//! [`SigV4`](crate::layers::sigv4::SigV4).

mod api;

pub use self::api::{Copied, Entry, ListedPage, Objects, ObjectsClient};
