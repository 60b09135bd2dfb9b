//! What the attributes of endpoints and nests have in common.

use syn::{Lit, LitStr};

use super::api::Api;
use crate::conditions::Condition;
use crate::errors::Sink;
use crate::model::Signature;
use crate::parse::{Arg, Attr};

/// When the method is there: only then something must be right about it.
pub(super) fn present(declared: &Api<'_>, signature: &Signature<'_>) -> Condition {
    Condition::of(&declared.frame.item.attrs).and(Condition::of(signature.cfgs.iter().copied()))
}

/// The text that stands alone: the path.
pub(super) fn literal(args: &[Arg]) -> Option<&LitStr> {
    args.iter().find_map(|arg| match arg {
        Arg::Literal(Lit::Str(text)) => Some(text),
        _ => None,
    })
}

/// An attribute has parentheses.
pub(super) fn assigned(sink: &Sink, attr: &Attr) {
    if let Some(span) = attr.assigned {
        sink.at(span, format!("write `#[{}(\"/…\")]`: the path stands in parentheses", attr.name));
    }
}
