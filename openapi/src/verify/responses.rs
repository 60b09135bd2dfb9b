//! Responses: whether there is one to read, its media type, and values of its schema decoded by the declared type.

use serde_json::Value;

use super::contents::{is_any, sampled_findings};
use super::operations::Context;
use super::report::Kind;
use super::types::wrapped;
use crate::document::Document;
use crate::model::{Content, Response, is_json};
use crate::schema::sample::{Direction, samples};
use crate::schema::{Node, Schema};

pub(super) fn compare(context: &mut Context<'_, '_>) {
    let operation = context.operation;
    let successes: Vec<&Response<'_>> = operation.successes().collect();
    if successes.is_empty() {
        return;
    }
    let ty = context.code.response_type();
    let inner = match wrapped(&ty) {
        Some(("Reply" | "Option" | "IfModified" | "IfFound", inner)) => inner.to_owned(),
        _ => ty.clone(),
    };
    accept(context, &successes);
    let contents: Vec<&Content<'_>> = successes.iter().flat_map(|response| &response.contents).collect();
    let ignores = ["()", "Exists", "Raw", "Text", "ByteStream", "Bytes"].contains(&inner.as_str());
    if contents.is_empty() {
        if !ignores && inner == ty && successes.iter().all(|response| response.status.is_success()) {
            let texts = [
                "no content in the response".to_owned(),
                format!("`{}`", context.code.returns),
                "`Call<()>`".to_owned(),
            ];
            context.found(
                Kind::Mismatch,
                &successes.first().map(|response| response.pointer.clone()).unwrap_or_default(),
                texts,
            );
        }
        return;
    }
    let stream = match wrapped(&inner) {
        Some(("Events", item)) => Some((item.to_owned(), "text/event-stream")),
        Some(("JsonLines", item)) => Some((item.to_owned(), "application/jsonl")),
        _ => None,
    };
    if ignores || is_any(&inner) {
        return;
    }
    let wanted = |content: &&&Content<'_>| match &stream {
        Some((_, "text/event-stream")) => content.essence() == "text/event-stream",
        Some(_) => content.essence().contains("json") || content.essence().contains("ndjson"),
        None => is_json(content.media),
    };
    let Some(content) = contents.iter().find(wanted).map(|content| (**content).clone()) else {
        let media: Vec<&str> = contents.iter().map(|content| content.media).collect();
        let texts = [
            format!("the response is {}", media.join(" or ")),
            format!("`{}`, which reads {}", context.code.returns, stream.map_or("JSON", |(_, media)| media)),
            "`Call<Text>`, `Call<Raw>` or `Call<ByteStream>`".to_owned(),
        ];
        let pointer = contents.first().map(|content| content.pointer.clone()).unwrap_or_default();
        context.found(Kind::Mismatch, &pointer, texts);
        return;
    };
    decode(context, &content, &stream.map_or(inner, |(item, _)| item));
}

/// The declared `Accept` is one of the documented media types.
fn accept(context: &mut Context<'_, '_>, successes: &[&Response<'_>]) {
    let Some(accept) = context.code.accept else { return };
    let contents: Vec<&Content<'_>> = successes.iter().flat_map(|response| &response.contents).collect();
    let takes = |wanted: &str, media: &str| {
        let wanted = crate::model::essence(wanted);
        wanted == "*/*"
            || wanted == media
            || wanted.strip_suffix('*').is_some_and(|start| media.starts_with(start))
            || is_json(&wanted) && is_json(media)
    };
    if contents.is_empty()
        || contents.iter().any(|content| accept.split(',').any(|wanted| takes(wanted, &content.essence())))
    {
        return;
    }
    let media: Vec<&str> = contents.iter().map(|content| content.media).collect();
    let pointer = contents.first().map(|content| content.pointer.clone()).unwrap_or_default();
    let texts = [
        format!("the response is {}", media.join(" or ")),
        format!("`accept = \"{accept}\"`"),
        format!("`accept = \"{}\"`", media.first().unwrap_or(&"")),
    ];
    context.found(Kind::Mismatch, &pointer, texts);
}

fn decode(context: &mut Context<'_, '_>, content: &Content<'_>, ty: &str) {
    let Some(node) = &content.schema else { return };
    let Some(read) = context.settings.hooks.get(ty).and_then(|hook| hook.read) else {
        let texts = [
            "the response's members".to_owned(),
            format!("`{ty}`, of which only the name is known"),
            format!("`.hook(\"{ty}\", Hook::reads::<{ty}>())`"),
        ];
        context.found(Kind::Unverified, node.pointer(), texts);
        return;
    };
    let values = samples(context.document, node, Direction::Response);
    let sampled = sampled(context.document, node, read, &values, Direction::Response);
    sampled_findings(context, &sampled, ty);
}

/// What a sample has shown.
pub(super) enum Sampled {
    /// The type does not decode a valid value.
    Refused { pointer: String, value: String, reason: String },
    /// A member that nobody reads.
    Unread { pointer: String, member: String, required: bool },
}

/// Decodes values of a schema by a declared type.
pub(super) fn sampled(
    document: &Document,
    node: &Node<'_>,
    read: super::hooks::Read,
    values: &[Value],
    direction: Direction,
) -> Vec<Sampled> {
    let mut found = Vec::new();
    let mut seen = Vec::new();
    for value in values {
        match read(value.to_string().as_bytes()) {
            Ok(unread) => {
                for path in unread {
                    let Some((pointer, required)) = member_pointer(document, node, &path) else { continue };
                    if !seen.contains(&pointer) {
                        seen.push(pointer.clone());
                        let required = required && direction == Direction::Request;
                        found.push(Sampled::Unread { pointer, member: path, required });
                    }
                }
            }
            Err(reason) => {
                let pointer = blamed(document, node, &reason);
                let same = format!("{pointer} {}", reason.split(" at line").next().unwrap_or_default());
                if !seen.contains(&same) {
                    seen.push(same);
                    found.push(Sampled::Refused { pointer, value: short(value), reason });
                }
            }
        }
    }
    found
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(200) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// Where the document describes the member of a path such as `data.0.owner`, and whether it is required there.
fn member_pointer(document: &Document, node: &Node<'_>, path: &str) -> Option<(String, bool)> {
    let (mut node, mut required) = (node.clone(), false);
    for step in path.split('.') {
        let schema = node.read(document);
        (node, required) = step_into(document, &schema, step)?;
    }
    Some((node.pointer().to_owned(), required))
}

fn step_into<'d>(document: &'d Document, schema: &Schema<'d>, step: &str) -> Option<(Node<'d>, bool)> {
    if let Some((_, node)) = schema.properties.iter().find(|(name, _)| *name == step) {
        return Some((node.clone(), schema.required.contains(&step)));
    }
    if let (Some(items), true) = (&schema.items, step.parse::<usize>().is_ok()) {
        return Some((items.clone(), true));
    }
    let variants = schema.unions.iter().flat_map(|union| &union.variants);
    variants.into_iter().find_map(|variant| step_into(document, &variant.read(document), step))
}

/// Where the document describes what a reason such as `data[0].owner: missing field `name`` is about.
fn blamed(document: &Document, node: &Node<'_>, reason: &str) -> String {
    let path = reason.split(": ").next().unwrap_or_default();
    let mut node = node.clone();
    for step in path.split(['.', '[', ']']).filter(|step| !step.is_empty() && *step != "?") {
        match step_into(document, &node.read(document), step) {
            Some((found, _)) => node = found,
            None => return node.place(document),
        }
    }
    // What is missing is a member of the object that was read.
    let missing = reason.split("missing field `").nth(1).and_then(|rest| rest.split('`').next());
    let member = missing.and_then(|name| step_into(document, &node.read(document), name));
    member.map_or_else(|| node.place(document), |(member, _)| member.pointer().to_owned())
}
