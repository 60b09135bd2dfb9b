//! What can be seen of the type of an argument: whether a value of it can be encoded at all. The rest is left to bounds.

use quote::ToTokens;
use syn::Type;

use crate::check::subject::Named;
use crate::errors::Sink;
use crate::model::{Lists, Role};
use crate::roles::{Kind, Value};
use crate::types;

/// Traits of the standard library that say nothing about how a value is sent.
const NOT_ENCODABLE: &[&str] = &[
    "Display",
    "Debug",
    "ToString",
    "Any",
    "Error",
    "Read",
    "Write",
    "BufRead",
    "Iterator",
    "IntoIterator",
    "Fn",
    "FnMut",
    "FnOnce",
    "Future",
    "Hash",
    "Eq",
    "PartialEq",
    "Ord",
    "PartialOrd",
    "Clone",
    "Copy",
    "Default",
    "Deref",
    "Borrow",
];

/// Checks the type of an argument against its role.
pub(super) fn check(sink: &Sink, named: &Named<'_>, role: &Role) {
    let ty = &*named.argument.ty;
    match role.row().value {
        Value::InPath => {
            no_option(sink, ty, &role.wire);
            encodable(sink, ty);
        }
        Value::Flags if is_bool(ty) => {
            sink.over(ty, "a flag is a name without `=`, and a `bool` would send the name `true`: take the name, for example as `Option<&str>`, or write `#[query]`");
        }
        Value::Texts | Value::Flags => {
            encodable(sink, ty);
            if role.style.lists != Lists::Indices {
                flat(sink, ty);
            }
        }
        Value::Sent => owned(sink, ty),
        Value::Pairs if is_single(ty) => single(sink, ty, role.kind),
        Value::Pairs | Value::Serialized => impl_encodable(sink, ty),
        Value::Url => {}
        Value::Kept => kept(sink, ty),
    }
}

/// One name holds a list of single values, unless its style numbers the items.
pub(crate) fn flat(sink: &Sink, ty: &Type) {
    if types::items(ty).and_then(types::items).is_some() {
        sink.over(ty, "one name holds one list, and a list of lists would be sent as if it were flat: write `lists = \"indices\"`, or take a flat list");
    }
}

/// A single value has no names.
fn single(sink: &Sink, ty: &Type, kind: Kind) {
    let help = match kind {
        Kind::Form => "`#[field]` and `encoding = \"form\"` in the verb",
        _ => "`#[query]`",
    };
    let ty_text = crate::print::normal(ty);
    sink.over(
        ty,
        format!("`{ty_text}` is a single value and has no names to spread into pairs: write {help}"),
    );
}

/// What layers get lives as long as the call.
fn kept(sink: &Sink, ty: &Type) {
    if let Some(inner) = types::behind_reference(ty).filter(|_| !types::is_static(ty)) {
        let inner = crate::print::normal(inner);
        sink.over(
            ty,
            format!("an extension is kept as long as the call, so it cannot be a reference: write `{inner}`"),
        );
    }
}

/// A number, a text and the like, also in an `Option`.
fn is_single(ty: &Type) -> bool {
    const SINGLE: &[&str] = &[
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
        "bool", "char", "str", "String",
    ];
    let last = types::last_segment(types::behind_references(ty));
    last.is_some_and(|last| {
        SINGLE.iter().any(|name| last.ident == name)
            || last.ident == "Option" && types::type_argument(last).is_some_and(is_single)
    })
}

/// `bool`, `&bool`, `Option<bool>`
fn is_bool(ty: &Type) -> bool {
    let last = types::last_segment(types::behind_references(ty));
    last.is_some_and(|last| last.ident == "bool" || types::type_argument(last).is_some_and(is_bool))
}

/// A path has no place for "none".
fn no_option(sink: &Sink, ty: &Type, name: &str) {
    if types::is_option(types::behind_references(ty)) {
        sink.over(ty, format!("`{{{name}}}` is always in the path, so its value cannot be an `Option`: take the value itself, or declare a second endpoint without the placeholder"));
    }
}

/// A value behind `dyn` has no known text.
fn encodable(sink: &Sink, ty: &Type) {
    let inner = types::behind_references(ty);
    let boxed = types::last_segment(inner)
        .filter(|last| ["Box", "Rc", "Arc"].contains(&last.ident.to_string().as_str()));
    let inner = boxed.and_then(types::type_argument).map_or(inner, types::bare);
    if let Type::TraitObject(object) = inner
        && !types::bound_segments(&object.bounds).iter().any(|last| last.ident == "Scalar")
    {
        sink.over(ty, format!("`{}` has no textual form: write `&str`, `impl AsRef<str>`, or a type that implements `declarest::Scalar`", crate::print::normal(ty)));
        return;
    }
    impl_encodable(sink, ty);
}

/// An `impl Trait` says how it is sent: by `Into<X>`, `AsRef<str>`, or a trait of declarest or serde.
fn impl_encodable(sink: &Sink, ty: &Type) {
    let Some(bounds) = types::impl_trait(types::behind_references(ty)) else { return };
    let traits = types::bound_segments(&bounds.bounds);
    let opaque = !traits.is_empty()
        && traits.iter().all(|last| NOT_ENCODABLE.contains(&last.ident.to_string().as_str()));
    if opaque {
        sink.over(ty, format!("`{}` does not define how it is sent: write `impl AsRef<str>`, `impl Into<String>`, `impl declarest::Scalar`, or `impl serde::Serialize` for a body", crate::print::normal(bounds)));
    }
}

/// A call outlives the borrow of a stream: a body is taken by value.
fn owned(sink: &Sink, ty: &Type) {
    let Type::Reference(reference) = types::bare(ty) else { return };
    let inner = types::bare(&reference.elem);
    let text = types::last_segment(inner).is_some_and(|last| last.ident == "str");
    let stored = matches!(inner, Type::Slice(_) | Type::Array(_)) || text;
    if reference.mutability.is_some() || !stored {
        let text = crate::print::normal(inner.to_token_stream());
        sink.over(ty, format!("the call is sent after this borrow ends: take `{text}` by value, or `&[u8]` or `&str`, which are copied"));
    }
}
