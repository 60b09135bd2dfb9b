//! Other people's APIs, declared from their public documentation to show the language.
//!
//! Each has its declaration in a file of its own; the first four also a stand-in for the vendor's server and a program (`run`)
//! that calls it. They are excerpts: enough endpoints to show every form that the API has.
//!
//! | module | shows |
//! |---|---|
//! | [`github`] | nests, `Link` pages, media types in `Accept`, files and diffs, uploads to another host, `If-None-Match` |
//! | [`stripe`] | nested forms, idempotency keys, cursor and search pages, an error enum, a retry policy |
//! | [`chat`] | one endpoint with and without a stream, errors in the stream |
//! | [`graphql`] | several queries on one path, errors in a 200 |
//! | [`elasticsearch`] | GET with content, overloads, pages by a member of the content, a body of JSON lines, 404 as a value |
//! | [`kubernetes`] | a watch, three formats of patches on one path, prefixes with an argument |
//! | [`s3`] | keys with empty segments, [signatures](crate::layers::sigv4), XML pages, metadata in headers, a file as the body |

pub mod chat;
pub mod elasticsearch;
pub mod github;
pub mod graphql;
pub mod kubernetes;
pub mod s3;
pub mod stripe;
