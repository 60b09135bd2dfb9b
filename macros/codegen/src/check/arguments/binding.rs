//! The rules about placeholders: each is filled by one argument, and each argument without a role fills one.

use syn::TraitItemFn;
use syn::ext::IdentExt;

use super::once::{self, Place};
use super::roles::segment;
use super::{named, shapes};
use crate::check::paths;
use crate::check::subject::{Arguments, Named, Target};
use crate::conditions::Condition;
use crate::errors::Sink;
use crate::model::Argument;
use crate::parse::{Attr, Input};
use crate::template::Placeholder;
use crate::{names, roles};

/// Each placeholder is filled once. Returns those that no argument fills.
pub(super) fn missing<'t>(
    sink: &Sink,
    arguments: &mut Arguments<'_>,
    target: &Target<'t>,
    open: &[Named<'_>],
) -> Vec<&'t Placeholder> {
    segments_exist(sink, arguments, target);
    let (Some(literal), Some(template)) = (target.literal, target.template) else { return Vec::new() };
    let mut missing: Vec<&Placeholder> = Vec::new();
    for placeholder in &template.placeholders {
        let filled = filled_once(sink, arguments, placeholder, &target.present);
        let seen = missing.iter().any(|other| other.name == placeholder.name);
        if !filled && !seen && placeholder.is_valid && !arguments.may_fill {
            missing.push(placeholder);
        }
    }
    for placeholder in &missing {
        // A misspelt argument is the one mistake, and it is reported there.
        if !open.iter().any(|named| is_meant(named, placeholder, &missing, open)) {
            let message = format!("no argument fills the placeholder `{{{}}}`", placeholder.name);
            paths::wrong(sink, literal, &placeholder.at, message, &how_to_fill(arguments, placeholder));
        }
    }
    missing
}

/// Whether an argument with a wrong role may have been meant for a placeholder: by its name, or because no other role is
/// near.
pub(super) fn may_fill(named: &Named<'_>, target: &Target<'_>) -> bool {
    let roles = named.input.roles.iter().map(|attr| attr.name.to_string());
    let other = roles
        .map(|name| names::meant(&name, roles::attributes()))
        .all(|near| near.is_some_and(|near| near != "segment"));
    !other || named.input.roles.is_empty() || target.role(&named.name).is_some()
}

/// Whether an argument fills the placeholder, under some combination of `cfg`s at least; then exactly one does under each.
fn filled_once(
    sink: &Sink,
    arguments: &Arguments<'_>,
    placeholder: &Placeholder,
    present: &Condition,
) -> bool {
    let name = &placeholder.name;
    let candidates = once::candidates(arguments, |role| role.placeholder() == Some(name));
    let place = Place { does: format!("fills the placeholder `{{{name}}}`"), written: name.clone() };
    if arguments.may_fill {
        once::at_most_one(sink, present, &candidates, &place);
    } else {
        once::exactly_one(sink, present, &candidates, &place);
    }
    !candidates.is_empty()
}

/// What to write so that the placeholder is filled.
fn how_to_fill(arguments: &Arguments<'_>, placeholder: &Placeholder) -> String {
    let name = &placeholder.name;
    let others = arguments.list.iter().filter(|argument| argument.role.placeholder().is_none());
    let others: Vec<String> = others.map(|argument| argument.ident.unraw().to_string()).collect();
    match names::nearest(name, others.iter().map(String::as_str)) {
        Some(same) if same == name => format!(
            "the argument `{name}` has another role: remove that role, or write `#[segment(\"{name}\")]` at another argument"
        ),
        Some(near) => format!("did you mean the argument `{near}`? Write `#[segment(\"{name}\")] {near}`"),
        None => format!("write an argument `{name}: {}`", if placeholder.rest { "&[&str]" } else { "&str" }),
    }
}

/// A `#[segment]` argument has its placeholder in the path.
fn segments_exist(sink: &Sink, arguments: &mut Arguments<'_>, target: &Target<'_>) {
    let mut broken = false;
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        let Some(name) = argument.role.placeholder().filter(|_| argument.role.place.is_none()) else {
            continue;
        };
        broken = true;
        let placeholders = target.placeholders();
        let help =
            match names::nearest(name, placeholders.iter().map(|placeholder| placeholder.name.as_str())) {
                Some(near) => format!("did you mean `#[segment(\"{near}\")]`?"),
                None => format!("write `{{{name}}}` in the path, or `#[query]` here"),
            };
        sink.at(*place, format!("the path has no placeholder `{{{name}}}`: {help}"));
    }
    arguments.broken |= broken;
    arguments.may_fill |= broken;
}

/// Whether a misspelt name is the one mistake behind an argument without a role and a placeholder without an argument.
fn is_meant(
    named: &Named<'_>,
    placeholder: &Placeholder,
    missing: &[&Placeholder],
    open: &[Named<'_>],
) -> bool {
    let near = names::nearest(&named.name, missing.iter().map(|placeholder| placeholder.name.as_str()));
    let part = placeholder.name.contains(&named.name) || named.name.contains(&placeholder.name);
    near == Some(&placeholder.name) || (missing.len() == 1 && open.len() == 1 && part)
}

/// An argument without a role is a placeholder: nothing else is guessed.
pub(super) fn without_role(
    sink: &Sink,
    open: &[Named<'_>],
    missing: &[&Placeholder],
    target: &Target<'_>,
    verb: &str,
) {
    if target.template.is_some_and(|template| template.broken) {
        return;
    }
    for named in open {
        let name = &named.name;
        let placeholder = missing.iter().find(|placeholder| is_meant(named, placeholder, missing, open));
        if let (Some(placeholder), Some(literal)) = (placeholder, target.literal) {
            let path = crate::template::underlined(&literal.value(), &placeholder.at);
            sink.at(named.ident.span(), format!("`{name}` has no role, and no argument fills the placeholder `{{{0}}}`\n{path}\nname the argument `{0}`, or write `#[segment(\"{0}\")] {name}`", placeholder.name));
            continue;
        }
        if colon(sink, name, target) {
            continue;
        }
        let body = if matches!(verb, "GET" | "HEAD") { "" } else { ", `#[json]` or `#[field]`" };
        let near = target.template.and_then(|template| {
            names::nearest(name, template.placeholders.iter().map(|placeholder| placeholder.name.as_str()))
        });
        let placeholder = match near {
            Some(near) => format!("the path has `{{{near}}}`, which is filled already"),
            None => format!("the path has no `{{{name}}}`"),
        };
        sink.at(named.ident.span(), format!("`{name}` has no role: {placeholder}; write `#[query]`, `#[header(\"…\")]`{body} in front of it, or `{{{name}}}` in the path"));
    }
}

/// `/:name`, as other libraries write a placeholder, is one mistake: it is told at the path.
fn colon(sink: &Sink, name: &str, target: &Target<'_>) -> bool {
    let Some(literal) = target.literal else { return false };
    let text = literal.value();
    let found = text.match_indices("/:").find(|(at, _)| {
        let rest = text.get(at + 2..).and_then(|rest| rest.strip_prefix(name));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    });
    let Some((at, _)) = found else { return false };
    let at = at + 1..at + 2 + name.len();
    paths::wrong(
        sink,
        literal,
        &at,
        format!("`:{name}` is not a placeholder"),
        &format!("write `{{{name}}}`"),
    );
    true
}

/// The arguments of a nest fill its placeholders, nothing else.
pub(in crate::check) fn of_nest<'a>(
    sink: &Sink,
    function: &'a TraitItemFn,
    inputs: &'a [Input],
    target: &Target<'_>,
    attr: &Attr,
) -> Vec<Argument<'a>> {
    let mut arguments = Arguments::default();
    let named = named::all(sink, function, inputs, &mut arguments.broken);
    arguments.may_fill = arguments.broken;
    let mut open = Vec::new();
    for named in named {
        let role = match named::role(sink, &named) {
            Some(role) if role.name == "segment" => Some(segment(sink, &named, role, target)),
            Some(role) => {
                sink.at(role.name.span(), format!("a nest takes placeholders only: remove `#[{}]`, or declare the argument in the endpoints of the nested API", role.name));
                arguments.may_fill |= may_fill(&named, target);
                continue;
            }
            None => target.role(&named.name),
        };
        match role {
            Some(role) => {
                shapes::check(sink, &named, &role);
                arguments.places.push(named.ident.span());
                arguments.list.push(named.with(role));
            }
            None => open.push(named),
        }
    }
    let missing = missing(sink, &mut arguments, target, &open);
    for named in &open {
        let name = &named.name;
        let placeholder = missing.iter().find(|placeholder| is_meant(named, placeholder, &missing, &open));
        let path = target
            .literal
            .map_or_else(|| format!("/{{{name}}}"), |literal| format!("{}/{{{name}}}", literal.value()));
        let help = match placeholder {
            Some(placeholder) => {
                format!("name it `{0}`, or write `#[segment(\"{0}\")] {name}`", placeholder.name)
            }
            None => format!("write `#[{}(\"{path}\")]`, or remove it", attr.name),
        };
        sink.at(named.ident.span(), format!("the path of the nest does not bind `{name}`: {help}"));
    }
    arguments.list
}
