//! The named fields of a struct, for the derives that spread one.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Field, Fields, Generics, Ident, LitStr};

use super::attributes::Attributes;
use super::case::Case;
use crate::conditions::{self, Condition, Found};
use crate::errors::Sink;
use crate::parse::docs;
use crate::print::normal;
use crate::types;

/// The fields; `expected` is what is told where there are none to be had.
pub(super) fn named<'a>(
    sink: &Sink,
    input: &'a DeriveInput,
    expected: &str,
) -> impl Iterator<Item = &'a Field> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unit => return None.into_iter().flatten(),
            Fields::Unnamed(_) => None,
        },
        _ => None,
    };
    if named.is_none() {
        sink.at(input.ident.span(), expected);
    }
    named.into_iter().flatten()
}

/// The conditions under which a field is there.
pub(super) fn cfgs(field: &Field) -> Vec<&Attribute> {
    field.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}

/// The names on the wire.
pub(super) struct Names {
    case: Option<Case>,
    /// What the names are of: `query` or `part`.
    kind: &'static str,
    /// The names so far, and when their fields are there.
    seen: Vec<(String, Condition)>,
}

impl Names {
    pub(super) fn new(case: Option<Case>, kind: &'static str) -> Self {
        Self { case, kind, seen: Vec::new() }
    }

    /// The name of a field: its own, or that of the declaration.
    pub(super) fn of(&self, ident: &Ident, own: &Attributes) -> String {
        let plain = ident.unraw().to_string();
        let cased = self.case.map_or_else(|| plain.clone(), |case| case.of_field(&plain));
        own.rename.as_ref().map_or(cased, LitStr::value)
    }

    /// Two fields have two names, unless their `cfg`s exclude each other.
    pub(super) fn once(&mut self, sink: &Sink, ident: &Ident, name: &str, condition: Condition) {
        let always = Condition::default();
        let excluded = |other: &Condition| conditions::both(&always, other, &condition) == Found::Never;
        if self.seen.iter().any(|(other, when)| other == name && !excluded(when)) {
            sink.at(
                ident.span(),
                format!(
                    "the {} name `{name}` is used twice: rename this field, or make one field a list",
                    self.kind
                ),
            );
        }
        self.seen.push((name.to_owned(), condition));
    }
}

/// A field as the metadata of its struct tells it.
pub(super) struct Told<'a> {
    pub(super) field: &'a Field,
    pub(super) own: &'a Attributes,
    /// The variant of the runtime's `Role`.
    pub(super) role: &'static str,
    /// Its name on the wire; empty for what spreads beside the others.
    pub(super) wire: &'a str,
    pub(super) lists: Option<TokenStream>,
}

impl Told<'_> {
    /// For the runtime's macro `members!`, which looks at the type with the feature `verify` only. A type that names a parameter of
    /// the struct is left out: it may borrow.
    pub(super) fn member(&self, runtime: &TokenStream, generics: &Generics) -> TokenStream {
        let Self { field, own, role, wire, lists } = self;
        let is_generic = generics.type_params().any(|own| types::mentions(&field.ty, &own.ident.to_string()));
        let (cfgs, ty) = (cfgs(field), (!is_generic).then(|| types::without_lifetimes(&field.ty)));
        let name = field.ident.as_ref().map(|ident| ident.unraw().to_string());
        let text = normal(&field.ty);
        let (role, docs) = (format_ident!("{role}"), docs(&field.attrs));
        let optional = (types::is_option(&field.ty) || own.skip_if.is_some()).then(|| quote!(.or_none()));
        let lists = lists.as_ref().map(|lists| quote!(.with_lists(#lists)));
        quote! {
            #(#cfgs)*
            #runtime::Parameter::plain(#name, #wire, #runtime::Role::#role, #text).with_docs(#docs) #optional #lists => #ty,
        }
    }
}
