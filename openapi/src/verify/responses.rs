//! Responses: whether there is one to read, its media type, and values of its schema decoded by the declared type.

use declarest::verify::{Reading, Respond};

use super::context::Context;
use super::report::Kind;
use super::samples::{self, is_any};
use super::types::wrapped;
use crate::model::{Content, Response, Status, is_json};
use crate::schema::sample::{Direction, samples};

pub(super) fn compare(context: &mut Context<'_, '_>) {
    errors(context);
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
    let contents: Vec<(Status, &Content<'_>)> = successes
        .iter()
        .flat_map(|response| response.contents.iter().map(|content| (response.status, content)))
        .collect();
    let ignores = ["()", "Exists", "Raw", "Text", "ByteStream", "Bytes"].contains(&inner.as_str());
    if contents.is_empty() {
        let may_be_empty = ignores || inner != ty;
        if !may_be_empty && successes.iter().all(|response| response.status.is_success()) {
            no_content(context, &successes);
        }
        return;
    }
    let stream = match wrapped(&inner) {
        Some(("Events", item)) => Some((item.to_owned(), "text/event-stream")),
        Some(("JsonLines", item)) => Some((item.to_owned(), "application/jsonl")),
        _ => None,
    };
    if ignores || is_any(&inner) {
        context.responses.count(true);
        return;
    }
    let wanted = |(_, content): &&(Status, &Content<'_>)| match &stream {
        Some((_, "text/event-stream")) => content.essence() == "text/event-stream",
        Some(_) => content.essence().contains("json") || content.essence().contains("ndjson"),
        None => is_json(content.media),
    };
    let Some((status, content)) =
        contents.iter().find(wanted).map(|(status, content)| (*status, (*content).clone()))
    else {
        let media: Vec<&str> = contents.iter().map(|(_, content)| content.media).collect();
        let texts = [
            format!("the response is {}", media.join(" or ")),
            format!("`{}`, which reads {}", context.code.returns, stream.map_or("JSON", |(_, media)| media)),
            "`Call<Text>`, `Call<Raw>` or `Call<ByteStream>`".to_owned(),
        ];
        let pointer = contents.first().map(|(_, content)| content.pointer.clone()).unwrap_or_default();
        context.responses.count(true);
        context.found(Kind::Mismatch, &pointer, texts);
        return;
    };
    decode(context, (status, &content), &stream.map_or(inner, |(item, _)| item));
}

/// The code reads what the document does not describe.
fn no_content(context: &mut Context<'_, '_>, successes: &[&Response<'_>]) {
    let document = "no content in the response".to_owned();
    let texts = [document, format!("`{}`", context.code.returns), "`Call<()>`".to_owned()];
    let pointer = successes.first().map(|response| response.pointer.clone()).unwrap_or_default();
    context.found(Kind::Mismatch, &pointer, texts);
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

/// Values of the schema are decoded by the declared type, and where serde does not read it, by its own `Decode`.
fn decode(context: &mut Context<'_, '_>, (status, content): (Status, &Content<'_>), ty: &str) {
    let Some(node) = &content.schema else { return };
    let hooks = context.code.hooks.clone();
    if hooks.response.decode.is_some() {
        context.responses.count(true);
        samples::compare(context, node, hooks.response, ty, Direction::Response);
        return;
    }
    let status = if let Status::Code(code) = status { code } else { 200 };
    let values = samples(context.document, node, Direction::Response);
    let read = |respond: Respond| {
        let mut each =
            values.iter().map(|value| (value, respond(status, content.media, value.to_string().into())));
        each.find_map(|(value, reading)| match reading {
            Reading::Failed(reason) => Some((value, reason)),
            Reading::Error => Some((value, format!("the status {status} is an error"))),
            _ => None,
        })
    };
    context.responses.count(hooks.respond.is_some());
    match hooks.respond.map(read) {
        Some(None) => {}
        Some(Some((value, reason))) => {
            let document = format!("this value is valid: {value}");
            let texts =
                [document, format!("`{ty}`: {reason}"), format!("a type that reads it in place of `{ty}`")];
            context.found(Kind::Mismatch, &node.place(context.document), texts);
        }
        None => {
            let code = format!("`{}`, a return type that the macro cannot look into", context.code.returns);
            let write =
                "`Call<T, E>`, `Pages<T, E>` or `Result<T, E>`, without a generic parameter of the method"
                    .to_owned();
            context.found(
                Kind::Unverified,
                node.pointer(),
                ["the response's members".to_owned(), code, write],
            );
        }
    }
}

/// The body of a declared error reads the documented ones.
fn errors(context: &mut Context<'_, '_>) {
    let hook = context.code.hooks.error;
    let operation = context.operation;
    let errors = operation.responses.iter().filter(|response| response.status.is_error());
    let contents = errors.flat_map(|response| &response.contents).filter(|content| is_json(content.media));
    let mut seen = Vec::new();
    for node in contents.filter_map(|content| content.schema.as_ref()) {
        // `{}` describes nothing: a body that the type does not read stays a text.
        if node.read(context.document).says_nothing() {
            continue;
        }
        let place = node.place(context.document);
        if !seen.contains(&place) {
            context.errors.count(hook.decode.is_some());
            samples::compare_error(context, node, hook);
            seen.push(place);
        }
    }
}
