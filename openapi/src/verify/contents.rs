//! The content of a request: its media type, its members, and whether it may be absent.

use declarest::Role;

use super::context::Context;
use super::declared::{self, Input};
use super::report::Kind;
use super::samples::{self, is_any};
use super::types::{fits, list, optional, suggestion, words};
use crate::model::{Body, Content, essence, is_json};
use crate::schema::sample::Direction;

const BODY: [Role; 6] = [Role::Json, Role::Form, Role::Body, Role::Field, Role::Part, Role::PartFlatten];

/// The media type of an endpoint's content, as far as its declaration tells.
pub(super) fn media_of(code: &declared::Operation) -> Option<String> {
    if let Some(media) = code.header("content-type") {
        return Some(essence(media));
    }
    let role = code.inputs.iter().map(|input| input.role).find(|role| BODY.contains(role));
    Some(match role {
        Some(Role::Json) => "application/json".to_owned(),
        Some(Role::Form) => "application/x-www-form-urlencoded".to_owned(),
        Some(Role::Part | Role::PartFlatten) => "multipart/form-data".to_owned(),
        Some(Role::Field) => code.fields_media.to_owned(),
        None if !code.fields.is_empty() => code.fields_media.to_owned(),
        _ => return None,
    })
}

fn has_body(code: &declared::Operation) -> bool {
    !code.fields.is_empty() || code.inputs.iter().any(|input| BODY.contains(&input.role))
}

pub(super) fn compare(context: &mut Context<'_, '_>) {
    let pointer = context.operation.pointer.clone();
    match (context.operation.body.clone(), has_body(context.code)) {
        (None, false) => {}
        (None, true) => {
            let texts = [
                "no content".to_owned(),
                "content".to_owned(),
                "no `#[json]`, `#[form]`, `#[body]`, `#[field]` or `#[part]`".to_owned(),
            ];
            context.found(Kind::Undocumented, &pointer, texts);
        }
        (Some(body), false) => absent(context, &body),
        (Some(body), true) => present(context, &body),
    }
}

fn absent(context: &mut Context<'_, '_>, body: &Body<'_>) {
    // GET and HEAD take no content in most clients; documents describe one by mistake.
    let unusual = matches!(context.code.method, "GET" | "HEAD");
    let required = if body.required { "required" } else { "optional" };
    let media: Vec<&str> = body.contents.iter().map(|content| content.media).collect();
    let texts = [
        format!("{required} content: {}", media.join(", ")),
        "no content".to_owned(),
        "`#[json] …: &…`, or the role of another media type".to_owned(),
    ];
    match (unusual, body.required) {
        (true, _) => context.news(Kind::NotDeclared, &body.pointer, texts),
        (_, true) => context.found(Kind::Mismatch, &body.pointer, texts),
        _ => context.found(Kind::NotDeclared, &body.pointer, texts),
    }
}

fn present(context: &mut Context<'_, '_>, body: &Body<'_>) {
    let code = context.code;
    let media = media_of(code);
    let same = |content: &&Content<'_>| match &media {
        Some(media) if is_json(media) => is_json(content.media),
        Some(media) => content.essence() == *media || content.essence() == "*/*",
        None => true,
    };
    let Some(content) = body.contents.iter().find(same).cloned() else {
        let documented: Vec<&str> = body.contents.iter().map(|content| content.media).collect();
        let texts = [
            format!("the content is {}", documented.join(" or ")),
            format!("`{}`", media.unwrap_or_default()),
            role_for(&documented),
        ];
        context.found(Kind::Mismatch, &body.pointer, texts);
        return;
    };
    optional_body(context, body);
    let inputs = code.inputs.clone();
    for input in &inputs {
        match input.role {
            Role::Json | Role::Form => whole(context, &content, input),
            _ => {}
        }
    }
    if inputs.iter().any(|input| matches!(input.role, Role::Field | Role::Part)) || !code.fields.is_empty() {
        members(context, &content, &inputs);
    }
}

/// The role that sends one of these media types.
fn role_for(media: &[&str]) -> String {
    match media.first().map(|media| essence(media)) {
        Some(media) if is_json(&media) => "`#[json]`".to_owned(),
        Some(media) if media == "application/x-www-form-urlencoded" => "`#[form]`".to_owned(),
        Some(media) if media == "multipart/form-data" => "`#[part]`".to_owned(),
        Some(media) => format!("`#[body(content_type = \"{media}\")]`"),
        None => "no content".to_owned(),
    }
}

fn optional_body(context: &mut Context<'_, '_>, body: &Body<'_>) {
    let whole = context.code.of(&[Role::Json, Role::Form, Role::Body]).next().cloned();
    let Some(input) = whole.filter(|input| body.required && input.optional) else { return };
    let texts = [
        "the content is required".to_owned(),
        format!("`{}: {}`", input.name, input.ty),
        format!("`{}: {}`", input.name, optional(input.ty).0),
    ];
    context.found(Kind::Mismatch, &body.pointer, texts);
}

/// A whole type: values from the schema are decoded and encoded again by it.
fn whole(context: &mut Context<'_, '_>, content: &Content<'_>, input: &Input) {
    let Some(node) = &content.schema else { return };
    let (ty, _) = optional(input.ty);
    let hook = input.hooks.as_ref().map(|hooks| hooks.whole).unwrap_or_default();
    let is_compared = hook.decode.is_some() || is_any(&ty);
    context.contents.count(is_compared);
    if is_compared {
        samples::compare(context, node, hook, &ty, Direction::Request);
        return;
    }
    let (reason, write) = match input.hooks {
        None => ("whose type names a generic parameter of the method", "a type without one".to_owned()),
        Some(_) => (
            "which does not implement `serde::Deserialize`",
            format!(
                "`#[cfg_attr(feature = \"testing\", derive(serde::Deserialize))]` on `{ty}`, and the feature in the test's dependency"
            ),
        ),
    };
    let texts =
        ["the content's members".to_owned(), format!("`{}: {}`, {reason}", input.name, input.ty), write];
    context.found(Kind::Unverified, node.pointer(), texts);
}

/// Single members and parts: names, types, and which are required.
fn members(context: &mut Context<'_, '_>, content: &Content<'_>, inputs: &[Input]) {
    let Some(node) = &content.schema else { return };
    let schema = node.read(context.document);
    context.contents.count(true);
    if schema.properties.is_empty() {
        return;
    }
    for (name, property) in &schema.properties {
        let required = schema.required.contains(name);
        let input =
            inputs.iter().find(|input| matches!(input.role, Role::Field | Role::Part) && input.wire == *name);
        let Some(input) = input else {
            if !context.code.fields.iter().any(|field| field == name) {
                let kind = if required { Kind::Mismatch } else { Kind::NotDeclared };
                let texts = [
                    format!("the {} member `{name}`", if required { "required" } else { "optional" }),
                    "no such argument".to_owned(),
                    format!("`#[field(\"{name}\")] …`"),
                ];
                context.found(kind, property.pointer(), texts);
            }
            continue;
        };
        let found = property.read(context.document);
        let (ty, _) = optional(input.ty);
        let write = match (required && !found.nullable, input.optional) {
            (true, true) => ty.clone(),
            (false, false) if list(&ty).is_none() => format!("Option<{ty}>"),
            _ if fits(&ty, &found) == Some(false) && found.format != "binary" => {
                suggestion(&found).to_owned()
            }
            _ => continue,
        };
        let required = if required { "required" } else { "optional" };
        let texts = [
            format!("`{name}` is {} and {required}", words(&found)),
            format!("`{}: {}`", input.name, input.ty),
            format!("`{}: {write}`", input.name),
        ];
        context.found(Kind::Mismatch, property.pointer(), texts);
    }
    let unknown: Vec<Input> = inputs
        .iter()
        .filter(|input| {
            matches!(input.role, Role::Field | Role::Part)
                && !schema.properties.iter().any(|(name, _)| *name == input.wire)
        })
        .cloned()
        .collect();
    for input in unknown {
        let texts = [
            format!("no member `{}`", input.wire),
            format!("`{}: {}`", input.name, input.ty),
            "the name of the document, or leave the argument out".to_owned(),
        ];
        context.found(Kind::Undocumented, &schema.pointer, texts);
    }
}
