//! Reads the attribute of an argument.

use syn::{Lit, LitStr};

use super::{Arguments, Named, Target, binding};
use crate::check::endpoint::Context;
use crate::check::keys::{Key, Keys};
use crate::check::methods::cfgs;
use crate::check::{api, literals};
use crate::errors::Sink;
use crate::model::{Body, ContentType, Encoding, Lists, Nested, Part, Role};
use crate::names;
use crate::parse::{Arg, Attr};

const LISTS: Key = ("lists", "lists = \"comma\"");
const OBJECTS: Key = ("objects", "objects = \"dots\"");
const FLATTEN: Key = ("flatten", "flatten");
const CONTENT_TYPE: Key = ("content_type", "content_type = \"text/plain\"");

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
    match attr.name.to_string().as_str() {
        "segment" => Some(segment(sink, named, attr, target)),
        "query" => query(context, named, attr),
        "header" => header(context, named, attr),
        "json" => none(sink, attr, Role::Body(Body::Json)),
        "form" => {
            let keys = Keys::new(sink, "form", &attr.args, &[LISTS, OBJECTS], None);
            Some(Role::Body(Body::Form(nested(context, &keys))))
        }
        "body" => {
            let keys = Keys::new(sink, "body", &attr.args, &[CONTENT_TYPE], None);
            let value = keys.text("content_type").and_then(|text| literals::media_type(sink, text));
            let typed = value.map(|value| ContentType { cfgs: cfgs(&named.argument.attrs), value });
            arguments.content_types.extend(typed);
            Some(Role::Body(Body::Raw))
        }
        "field" => Some(field(context, named, attr)),
        "part" => Some(part(sink, named, attr)),
        "url" => none(sink, attr, Role::Url),
        "extension" => none(sink, attr, Role::Extension),
        other => unknown(sink, attr, other),
    }
}

/// A role is one of ten.
fn unknown(sink: &Sink, attr: &Attr, name: &str) -> Option<Role> {
    let help = match name {
        "path" => "a path argument needs none, or `#[segment(\"name\")]`".to_owned(),
        "multipart" | "file" => "write `#[part]` at each part".to_owned(),
        _ if names::VERBS.contains(&name) || name == names::NEST => "it belongs on a method".to_owned(),
        _ => match names::meant(name, names::ROLES.iter().copied()) {
            Some(near) => format!("did you mean `#[{near}]`?"),
            None => {
                let all: Vec<String> = names::ROLES.iter().map(|role| format!("`#[{role}]`")).collect();
                format!("write one of {}", all.join(", "))
            }
        },
    };
    sink.at(attr.name.span(), format!("`#[{name}]` is no role of an argument: {help}"));
    None
}

/// An attribute that takes nothing in parentheses.
fn none(sink: &Sink, attr: &Attr, role: Role) -> Option<Role> {
    if let Some(arg) = attr.args.first() {
        sink.at(arg.span(), format!("`#[{0}]` takes nothing in parentheses: write `#[{0}]`", attr.name));
    }
    Some(role)
}

fn text(args: &[Arg]) -> Option<&LitStr> {
    args.iter().find_map(|arg| match arg {
        Arg::Literal(Lit::Str(text)) => Some(text),
        _ => None,
    })
}

/// The name in the attribute, or that of the argument.
fn name(sink: &Sink, named: &Named<'_>, attr: &Attr) -> String {
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

/// `#[segment("key_id")]`: the placeholder has another name.
pub(super) fn segment(sink: &Sink, named: &Named<'_>, attr: &Attr, target: &Target<'_>) -> Role {
    let _ = Keys::new(sink, "segment", &attr.args, &[], Some("name"));
    let name = name(sink, named, attr);
    binding::placeholder(&name, target).unwrap_or(Role::Segment(name, usize::MAX))
}

/// `#[query]` is one name, a flag has none, a flattened struct has its own.
fn query(context: &Context<'_>, named: &Named<'_>, attr: &Attr) -> Option<Role> {
    const KEYS: &[Key] = &[("flag", "flag"), FLATTEN, LISTS, OBJECTS];
    let sink = context.sink;
    let keys = Keys::new(sink, "query", &attr.args, KEYS, Some("name"));
    let (flag, flatten) = (keys.flag("flag"), keys.flag("flatten"));
    let literal = text(&attr.args);
    if let (Some(_), Some(literal)) = (flag.or(flatten), literal) {
        sink.at(literal.span(), "the names come from the value: leave the name out");
        return None;
    }
    if let (Some(span), Some(_)) = (flag, flatten) {
        sink.at(span, "`flag` and `flatten` exclude each other: leave one of them out");
        return None;
    }
    if flag.is_some() {
        for key in attr.args.iter().filter_map(Arg::key).filter(|key| *key == "lists" || *key == "objects") {
            sink.at(key.span(), format!("a flag is a name alone, each of a list: leave `{key}` out"));
        }
        return Some(Role::Flag);
    }
    let style = nested(context, &keys);
    if flatten.is_some() {
        return Some(Role::QueryFlatten(style));
    }
    if let Some(key) = attr.args.iter().filter_map(Arg::key).find(|key| *key == "objects") {
        sink.at(key.span(), "one name holds no object: write `#[query(flatten, objects = \"…\")]`");
        return None;
    }
    Some(Role::Query(name(sink, named, attr), style.lists))
}

/// `#[header("Name")]` is one header, `#[header(flatten)]` a map of them.
fn header(context: &Context<'_>, named: &Named<'_>, attr: &Attr) -> Option<Role> {
    let keys = Keys::new(context.sink, "header", &attr.args, &[FLATTEN], Some("name"));
    match (keys.flag("flatten"), text(&attr.args)) {
        (None, Some(literal)) => {
            api::header_argument(context.sink, literal, context.settings).map(Role::Header)
        }
        (Some(_), None) => Some(Role::HeaderFlatten),
        (Some(_), Some(literal)) => {
            context.sink.at(literal.span(), "the names come from the map: leave the name or `flatten` out");
            None
        }
        (None, None) if attr.args.is_empty() => {
            let near = named.name.replace('_', "-");
            context.sink.at(
                attr.name.span(),
                format!(
                    "a header has a name: write `#[header(\"{near}\")]`, or `#[header(flatten)]` for a map"
                ),
            );
            None
        }
        (None, None) => None,
    }
}

/// `#[field]` is a member of a JSON object, or of a form where the endpoint says so.
fn field(context: &Context<'_>, named: &Named<'_>, attr: &Attr) -> Role {
    let form = context.settings.encoding == Some(Encoding::Form);
    let keys: &'static [Key] = if form { &[LISTS] } else { &[] };
    let keys = Keys::new(context.sink, "field", &attr.args, keys, Some("name"));
    let name = name(context.sink, named, attr);
    if form {
        Role::Body(Body::FormField(name, nested(context, &keys).lists))
    } else {
        Role::Body(Body::Field(name))
    }
}

/// `#[part]` is one part of a multipart body.
fn part(sink: &Sink, named: &Named<'_>, attr: &Attr) -> Role {
    const KEYS: &[Key] = &[("json", "json"), CONTENT_TYPE, ("file_name", "file_name = \"a.txt\"")];
    let keys = Keys::new(sink, "part", &attr.args, KEYS, Some("name"));
    let file_name = keys.text("file_name");
    for literal in text(&attr.args).into_iter().chain(file_name) {
        // A line break would end the header of the part (RFC 7578, 4.2).
        if literal.value().chars().any(char::is_control) {
            sink.at(literal.span(), "a control character in the name of a part or a file: leave it out");
        }
    }
    let part = Part {
        name: name(sink, named, attr),
        json: keys.flag("json").is_some(),
        content_type: keys.text("content_type").and_then(|text| literals::media_type(sink, text)),
        file_name: file_name.map(LitStr::value),
    };
    Role::Body(Body::Part(part))
}

fn nested(context: &Context<'_>, keys: &Keys<'_>) -> Nested {
    let lists = keys.text("lists").and_then(|text| literals::lists(context.sink, text));
    let objects = keys.text("objects").and_then(|text| literals::objects(context.sink, text));
    Nested {
        lists: lists.or(context.settings.lists).unwrap_or(Lists::Repeat),
        objects: objects.or(context.settings.objects).unwrap_or_default(),
    }
}
