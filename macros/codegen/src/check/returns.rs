//! The rules about what an endpoint returns, as far as it can be seen. The rest is left to bounds.

use syn::{ReturnType, TraitItemFn, Type};

use crate::errors::Sink;
use crate::model::Returns;
use crate::print::normal;
use crate::types;

/// An endpoint returns a described call, or is an `async fn` that returns a `Result`.
pub(super) fn read<'a>(sink: &Sink, function: &'a TraitItemFn) -> Option<Returns<'a>> {
    let signature = &function.sig;
    let name = &signature.ident;
    let ReturnType::Type(_, ty) = &signature.output else {
        let help =
            if signature.asyncness.is_some() { "-> Result<(), declarest::Error>" } else { "-> Call<()>" };
        sink.at(
            name.span(),
            format!("`{name}` returns nothing, so a caller cannot see whether it failed: write `{help}`"),
        );
        return None;
    };
    if signature.asyncness.is_some() {
        if let Some(last) =
            types::last_segment(ty).filter(|last| last.ident == "Call" || last.ident == "Pages")
        {
            sink.over(ty, format!("`{0}` is a future already: remove `async`, or return what comes out of it, `Result<T, declarest::Error>`", last.ident));
            return None;
        }
        return Some(Returns::Async(ty));
    }
    if let Some(output) = types::future_output(ty) {
        return Some(Returns::Future(output));
    }
    if let Some(help) = no_call(ty) {
        sink.over(&**ty, format!("`{}` is neither a call nor a future: write {help}", normal(&**ty)));
        return None;
    }
    owned(sink, ty);
    Some(Returns::Described(ty))
}

/// What comes out of a response owns its data: the response itself is gone by then.
fn owned(sink: &Sink, ty: &Type) {
    let ours = types::last_segment(ty).filter(|last| ["Call", "Pages"].iter().any(|name| last.ident == name));
    let Some(decoded) = ours.and_then(types::type_argument) else { return };
    if let Some(owned) = types::owned_instead(decoded) {
        sink.over(
            decoded,
            format!("`{}` does not have a size known at compile time: write {owned}", normal(decoded)),
        );
    } else if let Type::Reference(reference) = types::bare(decoded)
        && (!types::is_static(decoded) || is_text(&reference.elem))
    {
        let text = if is_text(&reference.elem) { "String" } else { &normal(&*reference.elem) };
        sink.over(decoded, format!("the result of a call cannot borrow from the response: write `{text}`"));
    } else if let Some(place) = types::borrowed(decoded) {
        sink.over(place, "the result of a call cannot borrow from the response: name a type that owns its data, with `String` or `Cow<'static, str>` in place of `&str`");
    }
}

/// `str`, which nobody can read from an answer: behind `'static`, a type of the user's own could be.
fn is_text(ty: &Type) -> bool {
    types::last_segment(ty).is_some_and(|last| last.ident == "str")
}

/// A nest returns a client by its name, or as an object.
pub(super) fn of_nest(sink: &Sink, function: &TraitItemFn, ty: &Type) {
    for parameter in function.sig.generics.type_params() {
        if types::mentions(ty, &parameter.ident.to_string()) {
            sink.at(parameter.ident.span(), format!("`NESTS` cannot name `{0}`, which each call chooses: make `{0}` a type parameter of the trait, or name the type", parameter.ident));
        }
    }
    let help = match types::bare(ty) {
        Type::Reference(reference) => {
            format!("a nest returns a client by value: write `{}`", normal(&*reference.elem))
        }
        Type::ImplTrait(bounds) => match types::bound_segments(&bounds.bounds).first() {
            Some(api) => format!(
                "a nest names its client: write `{0}Client`, or `Box<dyn {0}>` if that API is `#[api(dyn)]`",
                api.ident
            ),
            None => return,
        },
        _ => return,
    };
    sink.over(ty, help);
}

/// The call in an `Option<Call<T>>`, a `Box<Call<T>>` or a `&Call<T>`.
fn wrapped_call(ty: &Type) -> Option<String> {
    let wrapper = types::last_segment(ty)
        .filter(|last| ["Option", "Result", "Box", "Arc", "Rc", "Vec"].iter().any(|name| last.ident == name));
    let inner = types::behind_reference(ty).or_else(|| wrapper.and_then(types::type_argument))?;
    let last = types::last_segment(inner)?;
    (last.ident == "Call" || last.ident == "Pages").then(|| normal(inner))
}

/// What to write for a type that can be no call, whatever is in scope.
fn no_call(ty: &Type) -> Option<String> {
    let bare = types::bare(ty);
    let last = types::last_segment(bare);
    let wrapped = last.is_none_or(|last| last.ident != "Call" && last.ident != "Pages");
    if wrapped && let Some(call) = wrapped_call(bare) {
        return Some(format!("`{call}`, which reports its error when it is awaited"));
    }
    let builtin = [
        "Option", "Vec", "String", "bool", "char", "str", "u8", "u16", "u32", "u64", "i8", "i16", "i32",
        "i64", "usize", "f32", "f64",
    ];
    match last {
        Some(last) if last.ident == "Result" => {
            let output = types::type_argument(last).map_or_else(|| "T".to_owned(), normal);
            return Some(format!("`Call<{output}>`, or `async fn` in front"));
        }
        Some(last) if last.ident == "Pin" => {
            return Some("`async fn` in front and what comes out of the future, or `-> impl Future<Output = Result<T, E>> + Send`".to_owned());
        }
        Some(last) if builtin.contains(&last.ident.to_string().as_str()) => {
            return Some(format!("`Call<{}>`", normal(bare)));
        }
        Some(_) => return None,
        None => {}
    }
    match bare {
        Type::Tuple(_) | Type::Array(_) => Some(format!("`Call<{}>`", normal(bare))),
        Type::Never(_) => Some("`Call<()>`".to_owned()),
        Type::Reference(_)
        | Type::Slice(_)
        | Type::TraitObject(_)
        | Type::ImplTrait(_)
        | Type::Infer(_)
        | Type::Ptr(_)
        | Type::FnPtr(_) => Some("`Call<T>`, where `T` is decoded from the response".to_owned()),
        _ => None,
    }
}
