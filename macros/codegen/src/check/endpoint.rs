//! One endpoint, from its attribute to its model.

use syn::{Lit, TraitItemFn};

use super::api::{self, Api};
use super::arguments::once::{self, Place};
use super::attribute::{assigned, literal, present};
use super::keys::{Keys, is_constant, is_word_for_alone, without_suffix};
use super::subject::{Arguments, Checked, Context, Raw, Target};
use super::{arguments, bodies, names_used, paths, policy, returns, settings};
use crate::errors::Sink;
use crate::model::{Endpoint, Method, is_idempotent};
use crate::names;
use crate::parse::{Arg, Attr};
use crate::roles::Kind;
use crate::template::Template;

/// Checks an endpoint.
pub(super) fn read<'a>(sink: &Sink, raw: Raw<'a>, declared: &Api<'a>) -> Option<Checked<'a>> {
    let attr = raw.attr;
    assigned(sink, attr);
    let (args, verb) = if raw.kind == "method" {
        custom_verb(sink, attr)
    } else {
        (attr.args.as_slice(), Some(raw.kind.to_uppercase()))
    };
    let keys = Keys::new(sink, raw.kind, args, names::ENDPOINT_KEYS, Some("path"));
    let literal = literal(args);
    let template = literal.map(|literal| paths::template(sink, literal));
    let (own, places) = settings::settings(sink, &keys);
    let mut settings = own.clone().under(&declared.settings);
    api::no_constant_credential(sink, &settings, &places);
    api::no_inherited_credential(sink, &own, &declared.settings, &places);
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
    policy::attempts(&context, &declared.settings, &own);
    policy::redirects(&context, &own);
    policy::idempotency_key(&context);
    policy::durations(sink, &settings, &places);
    let returns = returns::read(sink, raw.signature.function)?;
    policy::events(&context, returns);
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

/// `#[method]` begins with an HTTP method, a token in capitals (RFC 9110, 9.1).
fn custom_verb<'a>(sink: &Sink, attr: &'a Attr) -> (&'a [Arg], Option<String>) {
    let Some((first @ Arg::Literal(Lit::Str(verb)), rest)) = attr.args.split_first() else {
        let span = attr.args.first().map_or(attr.name.span(), Arg::span);
        sink.at(span, "`#[method]` begins with the HTTP method: write `#[method(\"PURGE\", \"/…\")]`");
        return (attr.args.get(1..).unwrap_or_default(), None);
    };
    without_suffix(sink, first);
    let text = verb.value();
    if text.starts_with('/') {
        let swapped = match rest {
            [Arg::Literal(Lit::Str(verb)), ..] => verb.value().to_uppercase(),
            _ => "PURGE".to_owned(),
        };
        sink.at(
            verb.span(),
            format!("`#[method]` begins with the HTTP method: write `#[method(\"{swapped}\", \"{text}\")]`"),
        );
        return (&[], None);
    } else if text.is_empty()
        || !text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_!#$%&'*+.^`|~".contains(letter))
    {
        sink.at(
            verb.span(),
            format!(
                "`{}` is not an HTTP method: write a name such as `\"PURGE\"` (RFC 9110, 9.1)",
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
    arguments: &Arguments<'_>,
    target: &Target<'_>,
    function: &TraitItemFn,
) {
    let urls = once::candidates(arguments, |role| role.kind == Kind::Url);
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
