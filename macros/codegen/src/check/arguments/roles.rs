//! Reads the attribute of an argument by the table of roles.

use proc_macro2::Span;
use syn::{Lit, LitStr};

use crate::check::keys::Keys;
use crate::check::subject::{Arguments, Context, Named, Target, cfgs};
use crate::check::{api, literals};
use crate::errors::Sink;
use crate::model::{ContentType, Lists, Nested, Role};
use crate::names::{self, Key};
use crate::parse::{Arg, Attr};
use crate::roles::{self, Chosen, Encoding, Extra, Kind, Name, Row};
use crate::types;

/// The role that an attribute gives; `None` when it was reported.
pub(super) fn read<'a>(
    context: &Context<'_>,
    named: &Named<'a>,
    attr: &Attr,
    target: &Target<'_>,
    arguments: &mut Arguments<'a>,
) -> Option<Role> {
    let sink = context.sink;
    if let Some(span) = attr.assigned {
        sink.at(span, format!("write `#[{}(\"…\")]`: the name stands in parentheses", attr.name));
        return None;
    }
    let attribute = attr.name.to_string();
    if attribute == "segment" {
        return Some(segment(sink, named, attr, target));
    }
    let rows = rows(context, &attribute);
    if rows.is_empty() {
        return unknown(sink, attr, &attribute);
    }
    let allowed = keys(&rows);
    if let ([row], []) = (rows.as_slice(), allowed.as_slice())
        && row.name == Name::Never
    {
        none(sink, attr);
        return Some(Role::new(row.kind, ""));
    }
    let named_by = rows.iter().any(|row| row.name != Name::Never).then_some("name");
    let keys = Keys::new(sink, &attribute, &attr.args, &allowed, named_by);
    let row = chosen(sink, attr, &rows, &keys)?;
    let role = with_keys(context, &keys, Role::new(row.kind, name(context, named, attr, row)?));
    if row.takes.contains(&Extra::Lists) {
        let chosen = attr.args.iter().filter_map(Arg::key).any(|key| key == "lists");
        let is_list = chosen || types::items(&named.argument.ty).is_some();
        let place = text(&attr.args).map_or(named.ident.span(), LitStr::span);
        brackets_once(sink, place, &role.wire, is_list.then_some(role.style.lists));
    }
    if row.kind == Kind::Body {
        let value = role.content_type.clone();
        let typed = value.map(|value| ContentType { cfgs: cfgs(&named.argument.attrs), value });
        arguments.content_types.extend(typed);
    }
    Some(role)
}

/// The roles that the attribute can give in this endpoint.
fn rows(context: &Context<'_>, attribute: &str) -> Vec<&'static Row> {
    let form = context.settings.encoding == Some(Encoding::Form);
    let by_form = roles::of(attribute).any(|row| row.chosen == Chosen::ByForm);
    let fits = |row: &&Row| !by_form || (row.chosen == Chosen::ByForm) == form;
    roles::of(attribute).filter(fits).collect()
}

/// The keys of several roles, each once: first those that choose between them.
fn keys(rows: &[&'static Row]) -> Vec<Key> {
    let mut all: Vec<Key> = rows.iter().filter_map(|row| row.chosen_by()).map(|key| (key, key)).collect();
    for key in rows.iter().flat_map(|row| row.keys()) {
        if !all.iter().any(|(known, _)| *known == key.0) {
            all.push(key);
        }
    }
    all
}

/// A role is one of the table.
fn unknown(sink: &Sink, attr: &Attr, name: &str) -> Option<Role> {
    let help = match name.to_lowercase().as_str() {
        "path" => "a path argument needs none, or `#[segment(\"name\")]`".to_owned(),
        "multipart" | "file" | "part_map" | "partmap" => "write `#[part]` at each part".to_owned(),
        "query_map" | "querymap" | "query_name" => "write `#[query(flatten)]`".to_owned(),
        "field_map" | "fieldmap" => "write `#[form]`".to_owned(),
        "header_map" | "headermap" | "header_collection" => "write `#[header(flatten)]`".to_owned(),
        "alias_as" | "alias" | "rename" | "name" | "serde" => {
            let name = attr.text().map_or_else(|| "x".to_owned(), LitStr::value);
            format!(
                "write the name in the role, `#[query(\"{name}\")]`, or `#[segment(\"{name}\")]` for a placeholder"
            )
        }
        _ if names::VERBS.contains(&name) || name == names::NEST => "it belongs on a method".to_owned(),
        _ => match names::meant(name, roles::attributes()) {
            Some(near) => format!("did you mean `#[{near}]`?"),
            None => {
                let all: Vec<String> = roles::attributes().map(|role| format!("`#[{role}]`")).collect();
                format!("write one of {}", all.join(", "))
            }
        },
    };
    sink.at(attr.name.span(), format!("`#[{name}]` is not an argument role: {help}"));
    None
}

/// An attribute that takes nothing in parentheses.
fn none(sink: &Sink, attr: &Attr) {
    if let Some(arg) = attr.args.first() {
        sink.at(arg.span(), format!("`#[{0}]` takes nothing in parentheses: write `#[{0}]`", attr.name));
    }
}

/// The role among those of its attribute: one key chooses it, or none, and each other key belongs to it.
fn chosen(sink: &Sink, attr: &Attr, rows: &[&'static Row], keys: &Keys<'_>) -> Option<&'static Row> {
    let mut by_key = rows.iter().filter_map(|row| Some((*row, keys.flag(row.chosen_by()?)?)));
    let first = by_key.next();
    if let (Some((first, span)), Some((other, _))) = (first, by_key.next()) {
        let (first, other) = (first.chosen_by().unwrap_or_default(), other.chosen_by().unwrap_or_default());
        sink.at(span, format!("`{first}` and `{other}` exclude each other: remove one of them"));
        return None;
    }
    let plain = rows.iter().find(|row| row.chosen_by().is_none());
    let row = first.map(|(row, _)| row).or_else(|| plain.copied())?;
    let mut fits = true;
    for key in attr.args.iter().filter_map(Arg::key) {
        let name = key.to_string();
        let takes = |row: &&&'static Row| row.keys().any(|(known, _)| known == name);
        if row.takes_key(&name) {
            continue;
        }
        if let Some(other) = rows.iter().find(takes) {
            fits = false;
            sink.at(key.span(), belongs_elsewhere(&name, row, other));
        }
    }
    fits.then_some(row)
}

/// What to write for a key that belongs to another role of the same attribute.
fn belongs_elsewhere(key: &str, row: &Row, other: &Row) -> String {
    let example = other.keys().find(|(known, _)| *known == key).map_or(key, |(_, example)| example);
    match (row.chosen_by(), other.chosen_by()) {
        (None, Some(by)) => {
            format!("`{key}` goes with `{by}`: write `#[{}({by}, {example})]`, or remove it", other.attribute)
        }
        _ => format!("`{row}` takes no `{key}`: remove it"),
    }
}

/// The text that stands alone in the parentheses.
fn text(args: &[Arg]) -> Option<&LitStr> {
    args.iter().find_map(|arg| match arg {
        Arg::Literal(Lit::Str(text)) => Some(text),
        _ => None,
    })
}

/// The name in the attribute, or that of the argument; empty where there is none. `None` when it was reported.
fn name(context: &Context<'_>, named: &Named<'_>, attr: &Attr, row: &Row) -> Option<String> {
    let sink = context.sink;
    match (row.name, text(&attr.args)) {
        (Name::Never, _) | (Name::InValue, None) => Some(String::new()),
        (Name::InValue, Some(literal)) => {
            sink.at(literal.span(), "the value brings its own names: remove the name");
            None
        }
        (Name::Required, None) => {
            if attr.args.is_empty() {
                let near = named.name.replace('_', "-");
                let message = format!(
                    "a header has a name: write `#[header(\"{near}\")]`, or `#[header(flatten)]` for a map"
                );
                sink.at(attr.name.span(), message);
            }
            None
        }
        (Name::Required, Some(literal)) => api::header_argument(sink, literal, context.settings),
        (Name::OfArgument, _) => {
            let name = own_name(sink, named, attr);
            match row.kind {
                Kind::Part | Kind::PartJson => no_control(sink, text(&attr.args)),
                Kind::Cookie => literals::cookie_name(sink, text(&attr.args)),
                _ => {}
            }
            Some(name)
        }
    }
}

/// A list style that writes brackets behind the name takes a name without them.
pub(crate) fn brackets_once(sink: &Sink, place: Span, name: &str, lists: Option<Lists>) {
    let style = match lists {
        Some(Lists::Brackets) => "brackets",
        Some(Lists::Indices) => "indices",
        _ => return,
    };
    if let Some(plain) = name.strip_suffix("[]") {
        sink.at(
            place,
            format!("`lists = \"{style}\"` writes the brackets behind the name: write `\"{plain}\"`"),
        );
    }
}

/// The name in the attribute, or that of the argument.
fn own_name(sink: &Sink, named: &Named<'_>, attr: &Attr) -> String {
    match text(&attr.args) {
        Some(literal) if literal.value().is_empty() => {
            sink.at(
                literal.span(),
                format!("the name is empty: write `#[{}(\"{}\")]`", attr.name, named.name),
            );
            named.name.clone()
        }
        Some(literal) => literal.value(),
        None => named.name.clone(),
    }
}

/// A line break would end the header of the part (RFC 7578, 4.2).
fn no_control(sink: &Sink, literal: Option<&LitStr>) {
    if let Some(literal) = literal.filter(|literal| literal.value().chars().any(char::is_control)) {
        sink.at(literal.span(), "a control character in the name of a part or a file: remove it");
    }
}

/// `#[segment("key_id", encoded)]`: the placeholder has another name, its value is encoded already.
pub(super) fn segment(sink: &Sink, named: &Named<'_>, attr: &Attr, target: &Target<'_>) -> Role {
    let rows: Vec<&'static Row> = roles::of("segment").collect();
    let allowed = keys(&rows);
    let keys = Keys::new(sink, "segment", &attr.args, &allowed, Some("name"));
    let name = own_name(sink, named, attr);
    let Some(role) = target.role(&name) else { return Role::new(Kind::Segment, name) };
    for key in attr.args.iter().filter_map(Arg::key) {
        let word = key.to_string();
        if allowed.iter().any(|(known, _)| *known == word) && !role.row().takes_key(&word) {
            sink.at(
                key.span(),
                format!(
                    "`{word}` is about the segments of a `{{{name}..}}`, and `{{{name}}}` is one segment: write `{{{name}..}}` in the path, or remove `{word}`"
                ),
            );
        }
    }
    Role { variants: variants(&keys, role.row()), ..role }
}

/// The variants of a role that its attribute names.
fn variants(keys: &Keys<'_>, row: &Row) -> Vec<&'static str> {
    row.variants.iter().copied().filter(|key| keys.flag(key).is_some()).collect()
}

/// The role with what the keys of its attribute say.
fn with_keys(context: &Context<'_>, keys: &Keys<'_>, role: Role) -> Role {
    let sink = context.sink;
    let lists = keys.text("lists").and_then(|text| literals::lists(sink, text));
    let objects = keys.text("objects").and_then(|text| literals::objects(sink, text));
    let file_name = keys.text("file_name");
    no_control(sink, file_name);
    Role {
        style: Nested {
            lists: lists.or(context.settings.lists).unwrap_or(Lists::Repeat),
            objects: objects.or(context.settings.objects).unwrap_or_default(),
        },
        content_type: keys.text("content_type").and_then(|text| literals::media_type(sink, text)),
        file_name: file_name.map(LitStr::value),
        variants: variants(keys, role.row()),
        ..role
    }
}
