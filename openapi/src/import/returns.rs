//! What a call gives: the type of its success, by its media type.

use super::convert::Types;
use super::names::words;
use super::types::{Id, Kind, Origin, Ty};
use crate::model::{Content, Operation, Response, Status, is_json};

/// What a call gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Returns {
    /// `()`, `Exists`, `Text`, `Raw`, `ByteStream`.
    Fixed(&'static str),
    Json(Ty),
    /// JSON, or no content.
    Maybe(Ty),
    Events(Ty),
    JsonLines(Ty),
    /// Pages of a type that implements `Page`.
    Pages(Ty),
    /// Pages of a plain list, linked in a header.
    Listed(Ty),
}

impl<'d> Types<'d> {
    pub(super) fn returns(&mut self, index: usize, operation: &Operation<'d>) -> Returns {
        let successes: Vec<Response<'d>> = successes(operation);
        let contents: Vec<&Content<'d>> = successes.iter().flat_map(|response| &response.contents).collect();
        let is_head = operation.method == "HEAD";
        let not_found = operation.responses.iter().any(|response| response.status == Status::Code(404));
        if contents.is_empty() || is_head {
            let asks = is_head
                || (operation.method == "GET"
                    && successes.iter().any(|response| response.status == Status::Code(204)));
            return Returns::Fixed(if asks && not_found { "Exists" } else { "()" });
        }
        let described = |content: &&&Content<'d>| content.schema.is_some();
        let json = contents.iter().filter(|content| is_json(content.media));
        let Some(content) =
            json.clone().find(described).or_else(|| json.clone().next()).map(|content| (*content).clone())
        else {
            return self.other_content(index, &contents);
        };
        let Some(node) = &content.schema else { return Returns::Json(Ty::Any) };
        let ty = self.ty(node, Origin::Operation { operation: index, words: words("response") });
        self.other_successes(operation, &successes, &content, &ty, index);
        let may_be_empty = successes.iter().any(|response| response.contents.is_empty());
        if may_be_empty { Returns::Maybe(ty) } else { Returns::Json(ty) }
    }

    /// Notes that other statuses have other contents.
    fn other_successes(
        &mut self,
        operation: &Operation<'d>,
        successes: &[Response<'d>],
        taken: &Content<'d>,
        ty: &Ty,
        index: usize,
    ) {
        for content in successes.iter().flat_map(|response| &response.contents) {
            if content.pointer == taken.pointer {
                continue;
            }
            if !is_json(content.media) {
                let message =
                    format!("{}: the response is also {}: not imported", operation.title(), content.media);
                self.note(&content.pointer, message);
            } else if let Some(node) = &content.schema
                && node.pointer() != taken.schema.as_ref().map_or("", |node| node.pointer())
                && self.ty(node, Origin::Operation { operation: index, words: words("other response") })
                    != *ty
            {
                let message =
                    format!("{}: another success has another content: not imported", operation.title());
                self.note(&content.pointer, message);
            }
        }
    }

    fn other_content(&mut self, index: usize, contents: &[&Content<'d>]) -> Returns {
        let Some(content) = contents.first() else { return Returns::Fixed("()") };
        let media = content.essence();
        let mut item = || match &content.schema {
            Some(node) => self.ty(node, Origin::Operation { operation: index, words: words("event") }),
            None => Ty::Any,
        };
        match media.as_str() {
            "text/event-stream" => Returns::Events(item()),
            "application/x-ndjson"
            | "application/jsonl"
            | "application/x-jsonl"
            | "application/jsonlines"
            | "application/stream+json" => Returns::JsonLines(item()),
            "application/xml"
            | "application/yaml"
            | "application/x-yaml"
            | "application/sdp"
            | "application/javascript" => Returns::Fixed("Text"),
            media if media.starts_with("text/") || media.ends_with("+xml") => Returns::Fixed("Text"),
            media if media.starts_with("image/") => Returns::Fixed("Raw"),
            _ => Returns::Fixed("ByteStream"),
        }
    }

    /// The struct of a type, its aliases followed.
    pub(super) fn structure_of(&self, ty: &Ty) -> Option<Id> {
        let mut ty = ty.without_null().0;
        for _ in 0..16 {
            let Ty::Def(id) = ty else { return None };
            match &self.defs.get(*id)?.kind {
                Kind::Alias(other) => ty = other.without_null().0,
                Kind::Struct(_) => return Some(*id),
                _ => return None,
            }
        }
        None
    }
}

/// The success responses, owned, so that types can be converted meanwhile.
pub(super) fn successes<'d>(operation: &Operation<'d>) -> Vec<Response<'d>> {
    let pointers: Vec<String> = operation.successes().map(|response| response.pointer.clone()).collect();
    let statuses: Vec<Status> = operation.successes().map(|response| response.status).collect();
    let is_one = |response: &&Response<'d>| {
        pointers.contains(&response.pointer) && statuses.contains(&response.status)
    };
    operation.responses.iter().filter(is_one).cloned().collect()
}

/// The media type that a response is asked for, where the result does not say it.
pub(super) fn accept(operation: &Operation<'_>, returns: &Returns, keys: &mut Vec<String>) {
    let media = operation.successes().flat_map(|response| &response.contents).map(|content| content.media);
    let media: Vec<&str> = media.collect();
    let accept = match returns {
        Returns::Fixed("Text" | "Raw" | "ByteStream") => media.first(),
        // A vendor's own JSON.
        Returns::Json(_) | Returns::Maybe(_) | Returns::Pages(_) | Returns::Listed(_) => {
            let json = media.iter().find(|media| is_json(media));
            json.filter(|media| {
                !media.starts_with("application/json") && !media.starts_with('*') && **media != "text/json"
            })
        }
        _ => None,
    };
    if let Some(media) = accept.filter(|media| media.contains('/') && !media.contains('"')) {
        keys.push(format!("accept = \"{media}\""));
    }
}
