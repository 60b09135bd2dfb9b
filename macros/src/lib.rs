//! The procedural macros of declarest; use them through the `declarest` crate, which documents the language.

use proc_macro::TokenStream;

#[doc = include_str!("../LANGUAGE.md")]
#[proc_macro_attribute]
pub fn api(attr: TokenStream, item: TokenStream) -> TokenStream {
    declarest_codegen::api(attr.into(), item.into()).into()
}

/// Lets a newtype or a fieldless enum stand in a path, a query, a header or a field.
///
/// A newtype has the text of what it wraps, a variant the name that serde gives it: `#[serde(rename)]` and
/// `#[serde(rename_all)]`, or `#[scalar(rename)]` and `#[scalar(rename_all)]`, which win. A variant with a single field,
/// marked `#[serde(untagged)]`, stands for the names not known yet; an enum that is `untagged` has the text of its
/// variant's field. What else serde can do to a text (`into`, `tag`, `serialize_with`, skipped variants) is an error.
/// `#[scalar(crate = "path")]` says where declarest is.
#[proc_macro_derive(Scalar, attributes(scalar, serde))]
pub fn derive_scalar(item: TokenStream) -> TokenStream {
    declarest_codegen::derive_scalar(item.into()).into()
}

/// Lets a struct spread into the pairs of a query.
///
/// A field is a pair of its name, as serde gives it. `#[query("name[]", lists = "comma")]` says another name and list
/// style, `#[query(nest)]` makes members of it, `#[query(flatten)]` spreads it beside the others, `#[query(skip)]`
/// leaves it out. Of serde's attributes `rename`, `rename_all`, `skip`, `skip_serializing_if` and `flatten` are followed,
/// ours win over them; one that writes something else (`serialize_with`, `into`, `tag`, `transparent`) is an error: such
/// a struct spreads by `#[query(flatten)]` and serde alone. `#[query(crate = "path")]` says where declarest is.
///
/// A field that is a map takes `nest` (`meta[key]=value`) or `flatten` (`key=value`).
///
/// An enum with `#[serde(untagged)]`, each of whose variants holds one value, is the value of its variant: a field that
/// is a scalar or a list (`one_or_many: OneOrMany`).
#[proc_macro_derive(Query, attributes(query, serde))]
pub fn derive_query(item: TokenStream) -> TokenStream {
    declarest_codegen::derive_query(item.into()).into()
}

/// Lets a struct spread into the parts of a multipart body.
///
/// A field is a part of its name, as serde gives it, or several parts if it is a list; `None` is left out.
/// `#[part("name", json, content_type = "text/csv", file_name = "a.csv")]` says what it says on an argument,
/// `#[part(flatten)]` takes the parts of a nested struct, `#[part(skip)]` leaves the field out. Of serde's attributes
/// `rename`, `rename_all`, `skip` and `skip_serializing_if` are followed. `#[multipart(crate = "path")]` says where
/// declarest is.
#[proc_macro_derive(Multipart, attributes(multipart, part, serde))]
pub fn derive_multipart(item: TokenStream) -> TokenStream {
    declarest_codegen::derive_multipart(item.into()).into()
}

/// Reads another type for each status of a success.
///
/// A variant has its statuses, `#[status(200)]`, `#[status(200, 204)]` or `#[status(400..=499)]`, and is a unit, or holds one
/// type that is read whole. A status that no variant has is an error, as for any other type. `#[decode(crate = "path")]` says
/// where declarest is.
///
/// ```
/// # use declarest::{Call, Decode, api};
/// # #[derive(serde::Deserialize)] struct Job { id: String }
/// # #[derive(serde::Deserialize)] struct Ticket { poll: String }
/// #[derive(Decode)]
/// enum Created {
///     #[status(200)]
///     Done(Job),
///     #[status(202)]
///     Queued(Ticket),
///     #[status(409)]
///     Exists,
/// }
///
/// #[api]
/// trait Jobs {
///     #[post("/jobs")]
///     fn create(&self, #[field] name: &str) -> Call<Created>;
/// }
/// ```
#[proc_macro_derive(Decode, attributes(status, decode))]
pub fn derive_decode(item: TokenStream) -> TokenStream {
    declarest_codegen::derive_decode(item.into()).into()
}
