//! The rules about methods as such: what makes one an endpoint or a nest, its receiver, its name.

use std::collections::BTreeMap;

use syn::{FnArg, Generics, Lit, ReceiverKind, Safety, TraitItem, TraitItemFn, Type};

use super::api::Api;
use super::subject::{Checked, Raw, cfgs};
use super::{endpoint, nest};
use crate::errors::Sink;
use crate::model::Signature;
use crate::parse::{Arg, Attr, Declaration, Method, Value, docs};
use crate::{names, roles, types};

/// Checks the methods one by one.
pub(super) fn read<'a>(sink: &Sink, raw: &'a Declaration, api: &Api<'a>) -> Vec<Checked<'a>> {
    let mut checked = Vec::new();
    let mut seen = BTreeMap::new();
    for (index, (item, method)) in raw.item.items.iter().zip(&raw.methods).enumerate() {
        let (TraitItem::Fn(function), Some(method)) = (item, method) else { continue };
        if method.cut {
            continue;
        }
        let before = sink.count();
        single_name(sink, function, &mut seen);
        hidden_roles(sink, method);
        let Some((attr, kind)) = kind(sink, function, method) else { continue };
        qualifiers(sink, function);
        lifetimes(sink, function, &raw.item.generics);
        type_parameters(sink, function);
        own_names(sink, function, api);
        let receiver = receiver(sink, function);
        let signature =
            Signature { function, receiver, index, cfgs: cfgs(&function.attrs), docs: docs(&function.attrs) };
        let raw = Raw { signature, attr, kind, inputs: &method.inputs };
        let method =
            if kind == names::NEST { nest::read(sink, raw, api) } else { endpoint::read(sink, raw, api) };
        let clean = sink.count() == before;
        checked.extend(method.map(|method| Checked { clean, ..method }));
    }
    checked
}

/// Two methods have two names, unless `cfg` chooses between them.
fn single_name(sink: &Sink, function: &TraitItemFn, seen: &mut BTreeMap<String, bool>) {
    let name = function.sig.ident.to_string();
    let conditional = !cfgs(&function.attrs).is_empty();
    if seen.get(&name).is_some_and(|may_be_absent| !(conditional && *may_be_absent)) {
        let message = format!("the method `{name}` is declared twice: rename one of them");
        sink.at(function.sig.ident.span(), message);
    }
    seen.entry(name).and_modify(|may_be_absent| *may_be_absent &= conditional).or_insert(conditional);
}

/// A role or a verb is written out: what `cfg_attr` holds is decided after the macro has run.
fn hidden_roles(sink: &Sink, method: &Method) {
    let hidden = method.hidden.iter().chain(method.inputs.iter().flat_map(|input| &input.hidden));
    for word in hidden {
        if word == "cfg" {
            sink.at(word.span(), "a `#[cfg]` cannot stand in a `cfg_attr` here, where the macro cannot take it into account: write `#[cfg(any(not(a), b))]` in place of `#[cfg_attr(a, cfg(b))]`");
            continue;
        }
        sink.at(word.span(), format!("`#[{word}]` cannot stand in a `cfg_attr`, which is evaluated after the macro has run: write `#[{word}…]` directly, or declare two methods, each with its own `#[cfg(…)]`"));
    }
}

/// A method without a body has exactly one verb or `#[nest]`; a method with a body has neither.
fn kind<'a>(sink: &Sink, function: &TraitItemFn, method: &'a Method) -> Option<(&'a Attr, &'static str)> {
    let (mut kinds, mut keys) = (Vec::new(), Vec::new());
    let inputs = method.inputs.iter().flat_map(|input| &input.roles);
    for attr in method.attrs.iter().chain(inputs) {
        if let Some(span) = attr.qualified {
            sink.at(
                span,
                format!(
                    "`#[{0}]` is read by `#[api]` and is not an item of a crate: write `#[{0}…]` alone",
                    attr.name
                ),
            );
        }
    }
    for attr in &method.attrs {
        let name = attr.name.to_string();
        if roles::is_role(&name) || name == HEADERS {
            sink.at(attr.name.span(), role_on_method(&name));
            continue;
        }
        if let Some(key) = names::key_as_attribute(&name) {
            keys.push((attr, key));
            continue;
        }
        let near = names::nearest(&name, names::VERBS.iter().copied().chain([names::NEST]));
        if near != Some(name.as_str()) {
            sink.at(attr.name.span(), unknown_verb(attr, near));
        }
        kinds.extend(near.map(|kind| (attr, kind)));
    }
    let misspelt = !method.attrs.is_empty() && kinds.is_empty() || !method.hidden.is_empty();
    let ident = &function.sig.ident;
    let mut kinds = kinds.into_iter();
    let first = kinds.next();
    misplaced_keys(sink, &keys, first.map_or("get", |(_, kind)| kind));
    for (other, _) in kinds {
        let chosen = first.map_or_else(String::new, |(attr, _)| attr.name.to_string());
        sink.at(other.name.span(), format!("`{ident}` is already `#[{chosen}]`, and a method is one endpoint: remove `#[{}]`, or declare a second method", other.name));
    }
    match (first, &function.default) {
        (Some((attr, _)), Some(_)) => {
            sink.at(attr.name.span(), format!("`{ident}` has a body, so it is not an endpoint: remove `#[{}]`, or replace the body with `;`", attr.name));
            None
        }
        (None, Some(_)) => {
            roles_without_endpoint(sink, method);
            None
        }
        (None, None) if !misspelt => {
            sink.at(ident.span(), format!("`{ident}` is not an endpoint: write `#[get(\"/…\")]` or another verb above it, `#[nest]` for a nested API, or give it a body"));
            None
        }
        (first, _) => first,
    }
}

/// A key of the verb is no attribute of its own.
fn misplaced_keys(sink: &Sink, keys: &[(&Attr, &str)], kind: &str) {
    let verb = if kind == names::NEST { "get" } else { kind };
    for (attr, example) in keys {
        let message = format!(
            "`#[{}]` is not an attribute but a key of the verb: write `#[{verb}(\"/…\", {})]`",
            attr.name,
            with_value(attr, example)
        );
        sink.at(attr.name.span(), message);
    }
}

/// What other libraries write for constant headers.
const HEADERS: &str = "headers";

fn role_on_method(name: &str) -> String {
    let help = match name {
        "header" | HEADERS => {
            ", or a constant one in the verb: `#[get(\"/…\", header(\"Name\" = \"value\"))]`"
        }
        _ => "",
    };
    let role = if name == HEADERS { "header" } else { name };
    format!("`#[{name}]` is the role of an argument: write `#[{role}]` in front of one{help}")
}

/// The key with the value that the attribute has, if it has one.
fn with_value(attr: &Attr, example: &str) -> String {
    match (example.split_once(" = \""), attr.text()) {
        (Some((key, _)), Some(text)) => format!("{key} = \"{}\"", text.value().escape_debug()),
        _ => example.to_owned(),
    }
}

fn unknown_verb(attr: &Attr, near: Option<&str>) -> String {
    let name = attr.name.to_string();
    // `#[request(GET, "/a")]`, as other libraries write it.
    let words = attr.args.iter().filter_map(|arg| match arg {
        Arg::Word(word) => Some(word.to_string()),
        Arg::Literal(Lit::Str(text)) => Some(text.value()),
        Arg::Set(_, Value::Literal(Lit::Str(text))) => Some(text.value()),
        Arg::Set(_, Value::Word(word)) => Some(word.to_string()),
        _ => None,
    });
    let words: Vec<String> = words.collect();
    let verb =
        words.iter().map(|word| word.to_lowercase()).find(|word| names::VERBS.contains(&word.as_str()));
    let path = words.iter().find(|word| word.starts_with('/')).map_or("/…", String::as_str);
    match (verb, near) {
        (Some(verb), _) => format!("`#[{name}]` is not a verb: write `#[{verb}(\"{path}\")]`"),
        (None, Some(near)) => format!("`#[{name}]` is not a verb: did you mean `#[{near}]`?"),
        (None, None) if names::OTHER_VERBS.contains(&name.as_str()) => {
            format!("`#[{name}]` is not a verb: write `#[get(\"{path}\")]`, or another verb")
        }
        (None, None) => {
            format!("`#[{name}]` is not a verb: write `#[method(\"{}\", \"{path}\")]`", name.to_uppercase())
        }
    }
}

/// A role belongs to an argument of an endpoint.
fn roles_without_endpoint(sink: &Sink, method: &Method) {
    for attr in method.inputs.iter().flat_map(|input| &input.roles) {
        let name = &attr.name;
        sink.at(
            name.span(),
            format!("`#[{name}]` has no effect on a method that has a body and no verb: remove it"),
        );
    }
}

/// An endpoint is a plain function.
fn qualifiers(sink: &Sink, function: &TraitItemFn) {
    let signature = &function.sig;
    let wrong = |span, word: &str| sink.at(span, format!("an endpoint is a plain function: remove `{word}`"));
    if let Some(word) = &signature.constness {
        wrong(word.span, "const");
    }
    match &signature.safety {
        Safety::Safe(word) => wrong(word.span, "safe"),
        Safety::Unsafe(word) => wrong(word.span, "unsafe"),
        Safety::Default => {}
    }
    if let Some(abi) = &signature.abi {
        wrong(abi.extern_token.span, "extern");
    }
    if let Some(variadic) = &signature.variadic {
        sink.over(variadic.dots, "an endpoint has a fixed number of arguments: remove `...`");
    }
}

/// A type parameter stands in an argument or in what is returned, or nothing could tell what it is.
fn type_parameters(sink: &Sink, function: &TraitItemFn) {
    let (inputs, output) = (&function.sig.inputs, &function.sig.output);
    for parameter in function.sig.generics.type_params() {
        let name = parameter.ident.to_string();
        if !types::mentions(inputs, &name) && !types::mentions(output, &name) {
            sink.at(parameter.ident.span(), format!("no argument uses the type parameter `{name}`, so it cannot be inferred: use it, or remove it"));
        }
    }
}

/// A lifetime is declared by the method or by the trait.
fn lifetimes(sink: &Sink, function: &TraitItemFn, outer: &Generics) {
    let name = &function.sig.ident;
    for lifetime in types::undeclared_lifetimes(&function.sig, outer) {
        sink.at(
            lifetime.span(),
            format!(
                "nothing declares the lifetime `{lifetime}`: write `fn {name}<{lifetime}>(…)`, or remove it"
            ),
        );
    }
}

/// A method does not hide the client's own functions.
fn own_names(sink: &Sink, function: &TraitItemFn, api: &Api<'_>) {
    let name = function.sig.ident.to_string();
    let own =
        ["new", "clone", "client"].contains(&name.as_str()) || name == "builder" && api.frame.base.is_some();
    if own {
        let verb = match name.as_str() {
            "clone" => "copy",
            "client" => "get_client",
            _ => "create",
        };
        sink.at(function.sig.ident.span(), format!("the client's own function `{name}` would hide this method: rename it, for example to `{verb}`"));
    }
}

/// An endpoint takes `&self`: a client is shared.
fn receiver(sink: &Sink, function: &TraitItemFn) -> syn::Token![self] {
    let ident = &function.sig.ident;
    let Some(FnArg::Receiver(receiver)) = function.sig.inputs.first() else {
        sink.at(ident.span(), format!("`{ident}` has no receiver: write `fn {ident}(&self, …)`"));
        return syn::Token![self](ident.span());
    };
    let shared = match &receiver.kind {
        ReceiverKind::Reference(_, _, None) => true,
        ReceiverKind::Typed(_, ty) => is_shared_self(ty),
        _ => false,
    };
    if !shared {
        sink.over(receiver, format!("`{ident}` must take `&self`: a client is shared"));
    }
    receiver.self_token
}

fn is_shared_self(ty: &Type) -> bool {
    match types::bare(ty) {
        Type::Reference(reference) if reference.mutability.is_none() => {
            types::last_segment(&reference.elem).is_some_and(|last| last.ident == "Self")
        }
        _ => false,
    }
}
