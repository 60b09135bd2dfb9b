//! One endpoint or one nest, from its attribute to its model.

use syn::{Lit, LitStr, ReturnType, TraitItemFn};

use super::api::{self, Api};
use super::arguments::once::{self, Place};
use super::arguments::{self, Target};
use super::keys::{Keys, is_constant, is_word_for_alone};
use super::methods::Raw;
use super::policy::{self, Checked};
use super::settings::{self, Places};
use super::{bodies, names_used, paths, returns};
use crate::conditions::Condition;
use crate::errors::Sink;
use crate::model::{Endpoint, Method, Nest, Role, Settings, Signature, is_idempotent};
use crate::parse::{Arg, Attr};
use crate::template::Template;

/// What the rules about a whole endpoint look at.
pub(super) struct Context<'a> {
    pub(super) sink: &'a Sink,
    pub(super) verb: &'a str,
    pub(super) attr: &'a Attr,
    pub(super) settings: &'a Settings,
    pub(super) places: &'a Places,
}

/// Checks an endpoint.
pub(super) fn read<'a>(sink: &Sink, raw: Raw<'a>, declared: &Api<'a>) -> Option<Checked<'a>> {
    let attr = raw.attr;
    assigned(sink, attr);
    let (args, verb) = if raw.kind == "method" {
        custom_verb(sink, attr)
    } else {
        (attr.args.as_slice(), Some(raw.kind.to_uppercase()))
    };
    let keys = Keys::new(sink, raw.kind, args, settings::ENDPOINT, Some("path"));
    let literal = literal(args);
    let template = literal.map(|literal| paths::template(sink, literal));
    let (own, places) = settings::settings(sink, &keys);
    let mut settings = own.clone().under(&declared.settings);
    api::no_constant_credential(sink, &settings, &places);
    let context = Context {
        sink,
        verb: verb.as_deref().unwrap_or_default(),
        attr,
        settings: &settings,
        places: &places,
    };
    let target = Target { present: present(declared, &raw.signature), literal, template: template.as_ref() };
    let arguments = arguments::read(&context, raw.signature.function, raw.inputs, &target);
    url_or_path(&context, &arguments, &target, raw.signature.function);
    bodies::check(&context, &arguments, &target.present);
    names_used::check(&context, &arguments, &target);
    policy::attempts(&context, declared, &own);
    policy::redirects(&context, &own);
    let returns = returns::read(sink, raw.signature.function)?;
    let verb = verb?;
    if !is_idempotent(&verb) {
        settings.idempotency_key =
            settings.idempotency_key.take().or_else(|| declared.settings.idempotency_key.clone());
    }
    settings.idempotent |= is_idempotent(&verb) || settings.idempotency_key.is_some();
    let template =
        template.map_or_else(Template::default, |template| paths::join(&declared.prefix, template));
    let endpoint = Endpoint {
        signature: raw.signature,
        verb,
        template,
        arguments: arguments.list,
        returns,
        settings,
        content_types: arguments.content_types,
    };
    Some(Checked { method: Method::Endpoint(Box::new(endpoint)), literal, clean: true })
}

/// Checks a nest.
pub(super) fn nest<'a>(sink: &Sink, raw: Raw<'a>, declared: &Api<'a>) -> Option<Checked<'a>> {
    let attr = raw.attr;
    assigned(sink, attr);
    let _ = Keys::new(sink, "nest", &attr.args, &[], Some("path"));
    let literal = literal(&attr.args);
    let template = literal.map(|literal| paths::template(sink, literal)).unwrap_or_default();
    if let Some(literal) = literal {
        paths::not_empty(sink, literal, "write `#[nest]`, which hands the path so far on as it is");
    }
    if let (Some(literal), Some((_, at))) = (literal, template.pairs.first()) {
        paths::wrong(sink, literal, at, "a nest has no query", "write it in the path of each endpoint");
    }
    if let (Some(literal), Some(placeholder)) =
        (literal, template.placeholders.iter().find(|placeholder| placeholder.rest))
    {
        let help =
            format!("write `{{{}}}` for one segment, or take the rest in each endpoint", placeholder.name);
        paths::wrong(
            sink,
            literal,
            &placeholder.at,
            "a nest goes on behind its path, so nothing in it is the rest",
            &help,
        );
    }
    let target = Target { present: present(declared, &raw.signature), literal, template: Some(&template) };
    let function = raw.signature.function;
    let arguments = arguments::of_nest(sink, function, raw.inputs, &target, attr);
    if let Some(word) = &function.sig.asyncness {
        sink.at(word.span, "a nest makes no request, so it is no `async fn`: leave `async` out");
    }
    let ReturnType::Type(_, returns) = &function.sig.output else {
        sink.at(
            function.sig.ident.span(),
            "a nest returns the nested client: write `-> ProjectClient` or `-> Arc<dyn Project>`",
        );
        return None;
    };
    returns::of_nest(sink, function, returns);
    let mut template = template;
    let trimmed = template.path.trim_end_matches('/').len();
    template.path.truncate(trimmed);
    if let Some(last) = template.pieces.last_mut() {
        last.truncate(last.trim_end_matches('/').len());
    }
    let template = paths::join(&declared.prefix, template);
    let nest = Nest { signature: raw.signature, template, arguments, returns };
    Some(Checked { method: Method::Nest(Box::new(nest)), literal, clean: true })
}

/// When the method is there: only then something must be right about it.
fn present(declared: &Api<'_>, signature: &Signature<'_>) -> Condition {
    Condition::of(&declared.frame.item.attrs).and(Condition::of(signature.cfgs.iter().copied()))
}

fn literal(args: &[Arg]) -> Option<&LitStr> {
    args.iter().find_map(|arg| match arg {
        Arg::Literal(Lit::Str(text)) => Some(text),
        _ => None,
    })
}

/// An attribute has parentheses.
fn assigned(sink: &Sink, attr: &Attr) {
    if let Some(span) = attr.assigned {
        sink.at(span, format!("write `#[{}(\"/…\")]`: the path stands in parentheses", attr.name));
    }
}

/// `#[method]` begins with an HTTP method, a token in capitals (RFC 9110, 9.1).
fn custom_verb<'a>(sink: &Sink, attr: &'a Attr) -> (&'a [Arg], Option<String>) {
    let Some((Arg::Literal(Lit::Str(verb)), rest)) = attr.args.split_first() else {
        let span = attr.args.first().map_or(attr.name.span(), Arg::span);
        sink.at(span, "`#[method]` begins with the HTTP method: write `#[method(\"PURGE\", \"/…\")]`");
        return (attr.args.get(1..).unwrap_or_default(), None);
    };
    let text = verb.value();
    if text.starts_with('/') {
        sink.at(
            verb.span(),
            format!("`#[method]` begins with the HTTP method: write `#[method(\"PURGE\", \"{text}\")]`"),
        );
    } else if text.is_empty()
        || !text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_!#$%&'*+.^`|~".contains(letter))
    {
        sink.at(
            verb.span(),
            format!(
                "`{}` is no HTTP method: write a name such as `\"PURGE\"` (RFC 9110, 9.1)",
                text.escape_debug()
            ),
        );
    } else if text.chars().any(|letter| letter.is_ascii_lowercase()) {
        sink.at(
            verb.span(),
            format!("HTTP methods are case-sensitive (RFC 9110, 9.1): write `\"{}\"`", text.to_uppercase()),
        );
    } else if text == "CONNECT" {
        sink.at(
            verb.span(),
            "CONNECT opens a tunnel and has no path (RFC 9110, 9.3.6): no endpoint can be declared with it",
        );
    } else {
        return (rest, Some(text));
    }
    (rest, None)
}

/// An endpoint has a path or a `#[url]` argument, and not both.
fn url_or_path(
    context: &Context<'_>,
    arguments: &arguments::Arguments<'_>,
    target: &Target<'_>,
    function: &TraitItemFn,
) {
    let urls = once::candidates(arguments, |role| *role == Role::Url);
    let place = Place { does: "is the URL".to_owned(), written: "#[url] url".to_owned() };
    if target.literal.is_some() || arguments.broken {
        once::at_most_one(context.sink, &target.present, &urls, &place);
    } else {
        once::exactly_one(context.sink, &target.present, &urls, &place);
    }
    match (urls.first(), target.literal) {
        (Some((argument, _)), Some(literal)) => context.sink.at(
            literal.span(),
            format!(
                "`#[url] {}` is the whole URL, so there is no path: write `#[{}]`",
                argument.ident, context.attr.name
            ),
        ),
        (None, None) if !context.verb.is_empty() && no_path_is_the_mistake(context.attr) => context.sink.at(
            context.attr.name.span(),
            format!(
                "`{}` has no path: write `#[{}({}\"/…\")]`, or take the whole URL as `#[url] url: &http::Uri`",
                function.sig.ident,
                context.attr.name,
                if context.attr.name == "method" { format!("\"{}\", ", context.verb) } else { String::new() },
            ),
        ),
        _ => {}
    }
}

/// A path that is there but cannot be read has been reported already.
fn no_path_is_the_mistake(attr: &Attr) -> bool {
    let verb_literals = usize::from(attr.name == "method");
    attr.assigned.is_none()
        && !attr.args.iter().skip(verb_literals).any(|arg| match arg {
            Arg::Unknown(_) | Arg::Literal(_) => true,
            Arg::Word(word) => is_constant(word),
            Arg::Set(key, _) => is_word_for_alone(key),
            _ => false,
        })
}
