//! The rules about `#[api(…)]` and the trait as a whole.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{FnArg, GenericParam, Generics, Ident, ItemTrait, Lit, LitStr, TraitItem, TypeParamBound};

use super::keys::Keys;
use super::settings::{self, Places};
use super::{literals, paths, policy};
use crate::errors::Sink;
use crate::model::{Auth, Frame, Settings};
use crate::parse::{Arg, Declaration};
use crate::template::Template;
use crate::{names, types};

/// What `#[api(…)]` says.
pub(super) struct Api<'a> {
    pub(super) frame: Frame<'a>,
    pub(super) prefix: Template,
    pub(super) settings: Settings,
}

/// Reads `#[api(…)]` and checks the trait apart from its methods.
pub(super) fn read<'a>(sink: &Sink, raw: &'a Declaration) -> Api<'a> {
    let keys = Keys::new(sink, "api", &raw.args, names::API_KEYS, Some("path prefix"));
    let (settings, places) = settings::settings(sink, &keys);
    no_constant_credential(sink, &settings, &places);
    policy::durations(sink, &settings, &places);
    let item = &raw.item;
    let asked = keys.flag("dyn");
    let (runtime, import) = runtime(sink, &keys, item);
    let frame = Frame {
        item,
        generics: generics(item),
        client: client(sink, &keys, item),
        runtime,
        import,
        base: keys.text("base").map(|text| base(sink, text)),
        dynamic: asked.is_some() && dyn_compatible(sink, item),
        partial_fakes: keys.flag("partial_fakes").is_some(),
    };
    for again in &raw.again {
        sink.at(*again, "this trait has two `#[api]` attributes: merge them into one");
    }
    trait_shape(sink, item);
    for visibility in &raw.visibilities {
        sink.at(*visibility, "a method has the visibility of its trait: remove the visibility");
    }
    items(sink, item);
    type_parameters(sink, item);
    Api { frame, prefix: prefix(sink, &raw.args), settings }
}

/// Where auth is declared, `authorization` is no constant: the client writes it.
pub(super) fn no_constant_credential(sink: &Sink, settings: &Settings, places: &Places) {
    let declared = settings.auth.as_ref().is_some_and(Auth::owns_authorization);
    let constant = places.header_names.iter().find(|(name, _)| name == "authorization");
    if let (true, Some((_, span))) = (declared, constant) {
        sink.at(*span, OWNS_AUTHORIZATION);
    }
}

/// A constant `Authorization` of the API is for each endpoint, so none of them declares another credential.
pub(super) fn no_inherited_credential(sink: &Sink, own: &Settings, api: &Settings, places: &Places) {
    let constant = api.headers.iter().any(|(name, _)| name == "authorization");
    let declared = own.auth.as_ref().is_some_and(Auth::owns_authorization);
    if let (true, true, Some(place)) = (constant, declared, places.auth) {
        sink.at(place, "`#[api]` has a constant header `authorization`, which is sent by each endpoint: remove `auth` here, or that header out there");
    }
}

const OWNS_AUTHORIZATION: &str =
    "`auth` sends the header `authorization`: remove this header, or write `auth = none`";

/// The client has the generics of the trait; a bound on `Self` is none of its own.
fn generics(item: &ItemTrait) -> Generics {
    let mut generics = item.generics.clone();
    if let Some(clause) = generics.where_clause.take() {
        let own = clause.predicates.into_iter().filter(|predicate| !types::mentions(predicate, "Self"));
        generics.make_where_clause().predicates.extend(own);
    }
    generics
}

/// The name of the client is an identifier.
fn client(sink: &Sink, keys: &Keys<'_>, item: &ItemTrait) -> Ident {
    let default = format_ident!("{}Client", item.ident);
    let Some(literal) = keys.text("client") else { return default };
    match syn::parse_str::<Ident>(&literal.value()) {
        Ok(name) if name == item.ident => {
            sink.at(
                literal.span(),
                format!("the trait itself is called `{name}`: write `client = \"{default}\"`"),
            );
            default
        }
        Ok(mut name) => {
            name.set_span(literal.span());
            name
        }
        Err(_) => {
            sink.at(
                literal.span(),
                format!("`{}` is not a type name: write `client = \"{default}\"`", literal.value()),
            );
            default
        }
    }
}

/// The name of the runtime is a path; with it, what imports it from there.
fn runtime(sink: &Sink, keys: &Keys<'_>, item: &ItemTrait) -> (TokenStream, Option<TokenStream>) {
    let default = (quote!(::declarest), None);
    let Some(literal) = keys.text("crate") else { return default };
    let Ok(path) = literal.parse::<syn::Path>() else {
        sink.at(
            literal.span(),
            format!("`{}` is not a path: write `crate = \"::declarest\"`", literal.value()),
        );
        return default;
    };
    let alone = path.segments.last().is_none_or(|last| last.ident == "super" || last.ident == "self");
    if alone {
        return (path.into_token_stream(), None);
    }
    let name = format_ident!("__{}Declarest", item.ident.unraw());
    let import = quote!(#[doc(hidden)] #[allow(unused_imports)] use #path as #name;);
    (name.into_token_stream(), Some(import))
}

/// A base URL is absolute, without user info, query and fragment.
fn base(sink: &Sink, literal: &LitStr) -> String {
    let text = literal.value();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let authority = rest.map(|rest| rest.split('/').next().unwrap_or_default());
    let wrong = match authority {
        None => Some("starts with `https://`"),
        Some("") => Some("names a host"),
        Some(authority) if authority.contains('@') => {
            Some("holds no user info: give credentials to the client")
        }
        _ if text.contains(['?', '#']) => Some("has neither query nor fragment"),
        _ if text.contains(['{', '}']) => {
            Some("has no placeholders: make a client for each host with `with_base_url`")
        }
        _ if !text.chars().all(|letter| matches!(letter, '!'..='~')) => {
            Some("is ASCII without blanks: percent-encode what is not")
        }
        _ if text.contains(['\\', '"', '<', '>', '^', '`', '|']) => {
            Some("holds no character that must be percent-encoded")
        }
        Some(authority) => literals::wrong_authority(authority).or_else(|| wrong_path(&text)),
    };
    if let Some(wrong) = wrong {
        sink.at(literal.span(), format!("a base URL {wrong}; write `base = \"https://api.example.com/v1\"`"));
    }
    text
}

/// The path of a base URL leads straight to its end.
fn wrong_path(text: &str) -> Option<&'static str> {
    let path = text.splitn(4, '/').nth(3).unwrap_or_default();
    let dots = |segment: &str| matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..");
    if path.split('/').any(dots) {
        return Some("has no `.` or `..` as a segment");
    }
    let percent = path.split('%').skip(1).all(|rest| {
        rest.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    });
    (!percent).then_some("has two hexadecimal digits behind each `%`")
}

/// The prefix is a path without placeholders and query.
fn prefix(sink: &Sink, args: &[Arg]) -> Template {
    let literal = args.iter().find_map(|arg| match arg {
        Arg::Literal(Lit::Str(text)) => Some(text),
        _ => None,
    });
    let Some(literal) = literal else { return Template::default() };
    let mut template = paths::without_placeholders(sink, literal);
    paths::not_empty(sink, literal, "remove it, or write `\"/prefix\"`");
    if let Some(placeholder) = template.placeholders.first() {
        let help = format!(
            "write it in the path of each method, or make the API a `#[nest(\"…/{{{}}}\")]` of another",
            placeholder.name
        );
        paths::wrong(
            sink,
            literal,
            &placeholder.at,
            "a prefix has no placeholders: no argument could fill them",
            &help,
        );
        return Template::default();
    }
    if !template.query.is_empty() {
        let at = template.path.len()..literal.value().len();
        paths::wrong(sink, literal, &at, "a prefix has no query", "write it in the path of each method");
    }
    let trimmed = template.path.trim_end_matches('/').to_owned();
    template.pieces = vec![trimmed.clone()];
    template.path = trimmed;
    template
}

/// The trait is safe and no auto trait.
fn trait_shape(sink: &Sink, item: &ItemTrait) {
    if let Some(word) = &item.unsafety {
        sink.at(word.span, "an API cannot be an unsafe trait: remove `unsafe`");
    }
    if let Some(word) = &item.modifiers.auto_token {
        sink.at(word.span, "an API cannot be an auto trait: remove `auto`");
    }
}

/// Beside methods, a trait has only what the client need not choose: constants with a value.
fn items(sink: &Sink, item: &ItemTrait) {
    for item in &item.items {
        match item {
            TraitItem::Type(item) => sink.at(item.ident.span(), format!("the client cannot choose the associated type `{}`: make it a type parameter of the trait, or name the type in the methods", item.ident)),
            TraitItem::Const(constant) if constant.default.is_none() => sink.at(constant.ident.span(), format!("the client cannot choose the constant `{0}`: give it a value, `const {0}: … = …;`", constant.ident)),
            TraitItem::Const(constant) if ["ENDPOINTS", "NESTS", "BASE_URL"].contains(&constant.ident.to_string().as_str()) => sink.at(constant.ident.span(), format!("the client's own `{}` would hide this constant: rename it", constant.ident)),
            TraitItem::Macro(call) => sink.over(&call.mac.path, "`#[api]` cannot see what this macro expands to: write the methods out, or let the macro write the whole trait with its `#[api]`"),
            TraitItem::Verbatim(tokens) => sink.over(tokens, "expected a method: `#[get(\"/path\")] fn name(&self) -> Call<T>;`"),
            _ => {}
        }
    }
}

/// A type parameter stands in some method, or nothing could tell what it is.
fn type_parameters(sink: &Sink, item: &ItemTrait) {
    for param in &item.generics.params {
        let GenericParam::Type(param) = param else { continue };
        let name = param.ident.to_string();
        let in_bounds = types::mentions(&item.supertraits, &name);
        if !in_bounds && !item.items.iter().any(|item| types::mentions(item, &name)) {
            sink.at(param.ident.span(), format!("no method uses the type parameter `{name}`, so it cannot be inferred: use it, or remove it"));
        }
    }
}

/// `dyn` needs a trait of which an object can be made: no `async fn`, no generic method, no `impl Trait`, no `Clone`.
fn dyn_compatible(sink: &Sink, item: &ItemTrait) -> bool {
    let mut compatible = true;
    let mut wrong = |span: Span, message: &str| {
        sink.at(span, format!("`#[api(dyn)]` turns the trait into an object, {message}"));
        compatible = false;
    };
    for bound in &item.supertraits {
        let TypeParamBound::Trait(bound) = bound else { continue };
        let Some(last) = bound.path.segments.last() else { continue };
        if ["Clone", "Copy", "Sized", "Default"].contains(&last.ident.to_string().as_str()) {
            wrong(
                last.ident.span(),
                &format!("which a supertrait `{}` forbids: remove it or `dyn`", last.ident),
            );
        }
    }
    for item in &item.items {
        let TraitItem::Fn(function) = item else { continue };
        let sized = function
            .sig
            .generics
            .where_clause
            .as_ref()
            .is_some_and(|clause| types::mentions(clause, "Sized"));
        if sized {
            continue;
        }
        if let Some(word) = &function.sig.asyncness {
            wrong(word.span, "which an `async fn` forbids: write `fn … -> Call<T>`");
        }
        let generic =
            function.sig.generics.params.iter().find(|param| !matches!(param, GenericParam::Lifetime(_)));
        if let Some(param) = generic {
            wrong(
                syn::spanned::Spanned::span(param),
                "which a generic method forbids: name the type, or move the parameter to the trait",
            );
        }
        for input in &function.sig.inputs {
            if let FnArg::Typed(argument) = input
                && types::is_unnameable(&argument.ty)
            {
                wrong(
                    syn::spanned::Spanned::span(&argument.ty),
                    "which an `impl Trait` argument forbids: name the type, `&str` for one",
                );
            }
        }
    }
    compatible
}

/// A header argument is none that the client writes.
pub(super) fn header_argument(sink: &Sink, name: &LitStr, settings: &Settings) -> Option<String> {
    let lower = literals::header_name(sink, name)?;
    let declared = settings.auth.as_ref().is_some_and(Auth::owns_authorization);
    if lower == "authorization" && declared {
        sink.at(name.span(), OWNS_AUTHORIZATION);
        return None;
    }
    Some(lower)
}
