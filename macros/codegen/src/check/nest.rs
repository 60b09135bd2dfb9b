//! One nest, from its attribute to its model.

use syn::ReturnType;

use super::api::Api;
use super::attribute::{assigned, literal, present};
use super::keys::Keys;
use super::subject::{Checked, Raw, Target};
use super::{arguments, paths, returns};
use crate::errors::Sink;
use crate::model::{Method, Nest};

/// Checks a nest.
pub(super) fn read<'a>(sink: &Sink, raw: Raw<'a>, declared: &Api<'a>) -> Option<Checked<'a>> {
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
    let target = Target { present: present(declared, &raw.signature), literal, template: Some(&template) };
    let function = raw.signature.function;
    let arguments = arguments::of_nest(sink, function, raw.inputs, &target, attr);
    if let Some(word) = &function.sig.asyncness {
        sink.at(word.span, "a nest sends no request, so it cannot be an `async fn`: remove `async`");
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
    let hands_down = declared.settings.clone();
    let nest = Nest { signature: raw.signature, template, arguments, returns, hands_down };
    Some(Checked { method: Method::Nest(Box::new(nest)), literal, clean: true })
}
