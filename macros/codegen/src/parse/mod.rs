//! Reads a declaration: takes our attributes out of the trait and judges nothing.

mod args;
mod unfinished;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, FnArg, Ident, ItemTrait, Lit, Meta, TraitItem, TraitItemFn, Visibility};

pub(crate) use args::{Arg, Attr, Value};

use crate::{names, roles};

/// A trait and what our attributes on it say.
pub(crate) struct Declaration {
    /// The list of `#[api(…)]`.
    pub(crate) args: Vec<Arg>,
    /// The trait, without our attributes.
    pub(crate) item: ItemTrait,
    /// What was taken from each item of the trait, in their order; `None` for what is no method.
    pub(crate) methods: Vec<Option<Method>>,
    /// Where another `#[api]` stands on the trait.
    pub(crate) again: Vec<Span>,
    /// Where a method has a visibility of its own.
    pub(crate) visibilities: Vec<Span>,
    /// Whether a part of it could not be read.
    pub(crate) unfinished: bool,
    /// What is wrong with that part, where the compiler has not told it.
    pub(crate) unread: Vec<syn::Error>,
}

/// Our attributes on one method.
#[derive(Default)]
pub(crate) struct Method {
    /// Verbs, `#[nest]`, and what looks like a misspelt one.
    pub(crate) attrs: Vec<Attr>,
    /// Those that stand in a `cfg_attr`, where a macro must not look.
    pub(crate) hidden: Vec<Ident>,
    /// Our attributes on each input, the receiver included.
    pub(crate) inputs: Vec<Input>,
    /// Whether it is cut down to what could be read, so that rules about it have nothing to say.
    pub(crate) cut: bool,
}

/// Our attributes on one argument.
#[derive(Default)]
pub(crate) struct Input {
    /// Roles, and what looks like a misspelt one.
    pub(crate) roles: Vec<Attr>,
    /// Those that stand in a `cfg_attr`.
    pub(crate) hidden: Vec<Ident>,
    /// The doc comment, which the compiler takes at no argument.
    pub(crate) docs: String,
}

/// Reads `#[api(args)] item`; an error if it is no trait.
pub(crate) fn declaration(args: TokenStream, item: TokenStream) -> syn::Result<Declaration> {
    let (item, cut, unread) = match syn::parse2::<ItemTrait>(item.clone()) {
        Ok(item) => (item, Vec::new(), Vec::new()),
        Err(error) => {
            let read = unfinished::read(item).ok_or(error)?;
            (read.item, read.cut, read.errors)
        }
    };
    Ok(declared(args::read(args), item, &cut, unread))
}

fn declared(args: Vec<Arg>, mut item: ItemTrait, cut: &[bool], unread: Vec<syn::Error>) -> Declaration {
    let mut visibilities = Vec::new();
    let (again, attrs) = std::mem::take(&mut item.attrs).into_iter().partition(is_api);
    item.attrs = attrs;
    let again: Vec<Attribute> = again;
    let again = again.iter().map(|attribute| attribute.path().span()).collect();
    let mut methods = Vec::new();
    for (index, item) in item.items.iter_mut().enumerate() {
        if let Some((visibility, function)) = without_visibility(item) {
            visibilities.push(visibility);
            *item = TraitItem::Fn(function);
        }
        let cut = cut.get(index).copied().unwrap_or_default();
        methods.push(match item {
            TraitItem::Fn(function) => Some(Method { cut, ..method(function) }),
            _ => None,
        });
    }
    let unfinished = !unread.is_empty() || cut.contains(&true);
    Declaration { args, item, methods, again, visibilities, unfinished, unread }
}

/// A method with a visibility, which no trait allows: where that stands, and the method without it.
fn without_visibility(item: &TraitItem) -> Option<(Span, TraitItemFn)> {
    let TraitItem::Verbatim(tokens) = item else { return None };
    let read = |input: ParseStream<'_>| {
        let attrs = input.call(Attribute::parse_outer)?;
        let visibility: Visibility = input.parse()?;
        Ok((visibility.span(), TraitItemFn { attrs, ..input.parse()? }))
    };
    read.parse2(tokens.clone()).ok()
}

fn is_api(attribute: &Attribute) -> bool {
    args::name(attribute).is_some_and(|name| name == "api")
}

fn method(function: &mut TraitItemFn) -> Method {
    let mut method = Method::default();
    function.attrs = take(&mut function.attrs, is_method_attribute, &mut method.attrs, &mut method.hidden);
    for input in &mut function.sig.inputs {
        let mut read = Input::default();
        let (attrs, ours): (_, fn(&Attribute) -> bool) = match input {
            FnArg::Receiver(receiver) => (&mut receiver.attrs, is_role),
            FnArg::Typed(argument) => (&mut argument.attrs, is_role),
        };
        *attrs = take(attrs, ours, &mut read.roles, &mut read.hidden);
        read.docs = docs(attrs);
        attrs.retain(|attribute| !attribute.path().is_ident("doc"));
        method.inputs.push(read);
    }
    method
}

/// The doc comment among attributes: its lines, one leading blank of each stripped.
pub(crate) fn docs(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<String> =
        lines.map(|line| line.strip_prefix(' ').map(str::to_owned).unwrap_or(line)).collect();
    lines.join("\n")
}

/// Moves our attributes out of `attrs`; returns the others.
fn take(
    attrs: &mut Vec<Attribute>,
    ours: fn(&Attribute) -> bool,
    found: &mut Vec<Attr>,
    hidden: &mut Vec<Ident>,
) -> Vec<Attribute> {
    let mut others = Vec::new();
    for attribute in std::mem::take(attrs) {
        let concealed = concealed(&attribute);
        if !concealed.is_empty() {
            hidden.extend(concealed);
        } else if !ours(&attribute) {
            others.push(attribute);
        } else if let Some(read) = Attr::read(&attribute) {
            found.push(read);
        }
    }
    others
}

/// Whether an attribute of a method is ours, or was meant to be.
fn is_method_attribute(attribute: &Attribute) -> bool {
    let Some(name) = args::name(attribute).map(ToString::to_string) else { return false };
    if known_on_method(&name) {
        return true;
    }
    if names::built_in(&name) {
        return false;
    }
    if names::key_as_attribute(&name).is_some() || names::OTHER_VERBS.contains(&name.as_str()) {
        return true;
    }
    let near = names::nearest(&name, names::VERBS.iter().copied().chain([names::NEST]));
    near.is_some()
        || Attr::read(attribute)
            .is_some_and(|read| read.text().is_some_and(|path| path.value().starts_with('/')))
}

/// A role on a method is ours too: misplaced.
fn known_on_method(name: &str) -> bool {
    roles::is_ours(name) || name == "headers"
}

/// On an argument, whatever the compiler does not know was meant for us.
fn is_role(attribute: &Attribute) -> bool {
    args::name(attribute).is_some_and(|name| name == "path" || !names::built_in(&name.to_string()))
}

/// Our attributes, and `cfg`s, in a `cfg_attr(condition, …)`.
fn concealed(attribute: &Attribute) -> Vec<Ident> {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => in_cfg_attr(list.tokens.clone()),
        _ => Vec::new(),
    }
}

fn in_cfg_attr(list: TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    for attribute in args::split(list).into_iter().skip(1) {
        let mut tokens = attribute.into_iter();
        let Some(TokenTree::Ident(word)) = tokens.next() else { continue };
        match (word.to_string().as_str(), tokens.next()) {
            ("cfg_attr", Some(TokenTree::Group(inner))) => found.extend(in_cfg_attr(inner.stream())),
            ("cfg", _) => found.push(word),
            (name, _) if known_on_method(name) => found.push(word),
            _ => {}
        }
    }
    found
}
