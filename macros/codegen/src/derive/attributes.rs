//! Reads the attributes of serde and of declarest on types, fields and variants.

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::parse::Parser as _;
use syn::spanned::Spanned;
use syn::{Attribute, ExprPath, LitStr, Token};

use super::case::{Case, case};
use crate::errors::Sink;
use crate::names;

/// What the attributes say.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) rename: Option<LitStr>,
    pub(super) rename_all: Option<Case>,
    pub(super) skip: bool,
    pub(super) skip_if: Option<ExprPath>,
    pub(super) flatten: bool,
    pub(super) nest: bool,
    pub(super) catch_all: bool,
    pub(super) json: bool,
    pub(super) encoded: bool,
    pub(super) content_type: Option<LitStr>,
    pub(super) file_name: Option<LitStr>,
    pub(super) lists: Option<LitStr>,
    pub(super) runtime: Option<LitStr>,
}

/// Where attributes stand.
#[derive(Clone, Copy)]
pub(super) enum Place {
    ScalarType,
    ScalarVariant,
    ScalarField,
    QueryType,
    QueryField,
    QueryEnum,
    QueryVariant,
    MultipartType,
    MultipartField,
    DecodeType,
}

impl Place {
    fn own(self) -> &'static str {
        match self {
            Self::ScalarType | Self::ScalarVariant | Self::ScalarField => "scalar",
            Self::QueryType | Self::QueryField | Self::QueryEnum | Self::QueryVariant => "query",
            Self::MultipartType => "multipart",
            Self::MultipartField => "part",
            Self::DecodeType => "decode",
        }
    }

    /// The derive that reads them.
    fn derive(self) -> &'static str {
        match self {
            Self::ScalarType | Self::ScalarVariant | Self::ScalarField => "Scalar",
            Self::QueryType | Self::QueryField | Self::QueryEnum | Self::QueryVariant => "Query",
            Self::MultipartType | Self::MultipartField => "Multipart",
            Self::DecodeType => "Decode",
        }
    }

    /// What to do about a key of serde that the derive does not follow.
    fn without(self) -> &'static str {
        match self.derive() {
            "Query" => "remove it or the derive: `#[query(flatten)]` takes what serde writes, too",
            "Scalar" => "remove it, or implement `declarest::Scalar` by hand",
            _ => "remove it, or implement `declarest::Multipart` by hand",
        }
    }

    /// The keys of our attribute there.
    fn known(self) -> &'static [&'static str] {
        match self {
            Self::ScalarType | Self::QueryType | Self::MultipartType => &["rename_all", "crate"],
            Self::QueryEnum | Self::DecodeType => &["crate"],
            Self::ScalarVariant => &["rename"],
            Self::ScalarField | Self::QueryVariant => &[],
            Self::MultipartField => &["rename", "json", "content_type", "file_name", "flatten", "skip"],
            Self::QueryField => &["rename", "lists", "nest", "flatten", "json", "encoded", "skip"],
        }
    }

    /// The keys of serde that change what it writes in a way that the derive does not follow.
    fn beyond(self) -> &'static [&'static str] {
        match self {
            Self::ScalarType => &["tag", "content", "into", "remote"],
            Self::ScalarVariant => &["with", "serialize_with", "skip", "skip_serializing"],
            Self::ScalarField => {
                &["with", "serialize_with", "skip", "skip_serializing", "skip_serializing_if", "flatten"]
            }
            Self::QueryType | Self::MultipartType => {
                &["tag", "content", "untagged", "into", "remote", "transparent"]
            }
            Self::QueryEnum => &["tag", "content", "into", "remote"],
            Self::QueryField | Self::MultipartField => &["with", "serialize_with"],
            Self::DecodeType => &[],
            Self::QueryVariant => &["with", "serialize_with", "skip", "skip_serializing"],
        }
    }
}

/// Reads `#[serde(…)]`, then our own, which wins; of serde's keys only those that change what is written matter here.
pub(super) fn read(sink: &Sink, place: Place, attrs: &[Attribute]) -> Attributes {
    let mut found = Attributes::default();
    let mut said = Vec::new();
    for serde in [true, false] {
        let name = if serde { "serde" } else { place.own() };
        for attribute in attrs.iter().filter(|attribute| attribute.path().is_ident(name)) {
            let result = attribute.parse_args_with(|input: syn::parse::ParseStream<'_>| {
                if matches!(place, Place::QueryField | Place::MultipartField) && !serde && input.peek(LitStr)
                {
                    let name = input.parse::<LitStr>()?;
                    once(sink, "rename", name.span(), &mut said);
                    found.rename = Some(name);
                    input.parse::<Option<Token![,]>>()?;
                }
                let read = |meta: ParseNestedMeta<'_>| {
                    if serde {
                        of_serde(sink, place, meta, &mut found)
                    } else {
                        own(sink, place, meta, &mut found, &mut said)
                    }
                };
                if input.is_empty() { Ok(()) } else { syn::meta::parser(read).parse2(input.parse()?) }
            });
            if let Err(error) = result {
                sink.at(error.span(), error);
            }
        }
    }
    well_formed(sink, place, &found);
    found
}

/// A name is not empty, and a literal is the text alone.
fn well_formed(sink: &Sink, place: Place, found: &Attributes) {
    for text in [&found.rename, &found.lists, &found.runtime].into_iter().flatten() {
        if !text.suffix().is_empty() {
            sink.at(
                text.span(),
                format!("a literal has no suffix here: write `\"{}\"`", text.value().escape_debug()),
            );
        }
    }
    let empty = found.rename.as_ref().filter(|name| name.value().is_empty());
    let what = match place {
        Place::QueryField => "a pair of the query",
        Place::MultipartField => "a part",
        _ => return,
    };
    if let Some(name) = empty {
        sink.at(name.span(), format!("{what} has a name: write one, or remove this"));
    }
}

/// A key of ours stands once; the name alone is the key `rename`.
fn once(sink: &Sink, key: &str, span: Span, said: &mut Vec<String>) {
    if said.iter().any(|other| other == key) {
        let what = if key == "rename" { "the name".to_owned() } else { format!("`{key}`") };
        sink.at(span, format!("{what} is written twice: remove one of them"));
    }
    said.push(key.to_owned());
}

/// A key of serde is followed, changes nothing that is written, or is told.
fn of_serde(sink: &Sink, place: Place, meta: ParseNestedMeta<'_>, found: &mut Attributes) -> syn::Result<()> {
    let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
    if place.beyond().contains(&name.as_str()) {
        sink.over(
            &meta.path,
            format!("`#[derive({})]` does not follow serde's `{name}`: {}", place.derive(), place.without()),
        );
        return skip_value(&meta);
    }
    match name.as_str() {
        "rename" if meta.input.peek(Token![=]) => found.rename = Some(meta.value()?.parse()?),
        "rename" | "rename_all" if meta.input.peek(syn::token::Paren) => return serialize(sink, meta, found),
        "rename_all" => found.rename_all = case(sink, &meta.value()?.parse()?),
        "skip" | "skip_serializing" => found.skip = true,
        "skip_serializing_if" => found.skip_if = Some(meta.value()?.parse::<LitStr>()?.parse()?),
        "flatten" => found.flatten = true,
        "untagged" | "other" => found.catch_all = true,
        _ => skip_value(&meta)?,
    }
    Ok(())
}

/// A key of ours is known where it stands.
fn own(
    sink: &Sink,
    place: Place,
    meta: ParseNestedMeta<'_>,
    found: &mut Attributes,
    said: &mut Vec<String>,
) -> syn::Result<()> {
    let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
    let known = place.known();
    if !known.contains(&name.as_str()) {
        let help = match names::nearest(&name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "remove it".to_owned(),
            None => format!("it takes `{}`", known.join("`, `")),
        };
        sink.over(&meta.path, format!("`#[{}(…)]` has no key `{name}` here: {help}", place.own()));
        return skip_value(&meta);
    }
    once(sink, &name, meta.path.span(), said);
    match name.as_str() {
        "rename" => found.rename = Some(meta.value()?.parse()?),
        "rename_all" => found.rename_all = case(sink, &meta.value()?.parse()?),
        "skip" => found.skip = true,
        "flatten" => found.flatten = true,
        "nest" => found.nest = true,
        "json" => found.json = true,
        "encoded" => found.encoded = true,
        "content_type" => found.content_type = Some(meta.value()?.parse()?),
        "file_name" => found.file_name = Some(meta.value()?.parse()?),
        "lists" => found.lists = Some(meta.value()?.parse()?),
        _ => found.runtime = Some(meta.value()?.parse()?),
    }
    Ok(())
}

/// `rename(serialize = "…", deserialize = "…")`: what is sent counts.
fn serialize(sink: &Sink, meta: ParseNestedMeta<'_>, found: &mut Attributes) -> syn::Result<()> {
    let all = meta.path.is_ident("rename_all");
    meta.parse_nested_meta(|inner| {
        let text: LitStr = inner.value()?.parse()?;
        if inner.path.is_ident("serialize") {
            if all {
                found.rename_all = case(sink, &text);
            } else {
                found.rename = Some(text);
            }
        }
        Ok(())
    })
}

/// A key of serde that has nothing to do with names.
fn skip_value(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in meta.input);
        content.parse::<proc_macro2::TokenStream>()?;
    }
    Ok(())
}

/// The path to the runtime.
pub(super) fn runtime(sink: &Sink, attributes: &Attributes) -> proc_macro2::TokenStream {
    let Some(text) = &attributes.runtime else { return quote::quote!(::declarest) };
    text.parse::<syn::Path>().map_or_else(
        |_| {
            sink.at(
                text.span(),
                format!("`{}` is not a path: write `crate = \"::declarest\"`", text.value()),
            );
            quote::quote!(::declarest)
        },
        |path| quote::quote!(#path),
    )
}
