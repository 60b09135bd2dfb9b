//! Responses: whether there is one to read, its media type, and values of its schema decoded by the declared type.

use super::context::Context;
use super::report::Kind;
use super::samples::{is_any, sampled, sampled_findings};
use super::types::wrapped;
use crate::model::{Content, Response, is_json};
use crate::schema::sample::{Direction, samples};

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
