//! Judges a raw declaration. Each rule is a function under a sentence that states it.

mod api;
mod arguments;
mod bodies;
mod endpoint;
mod keys;
mod literals;
mod methods;
mod names_used;
mod paths;
mod policy;
mod returns;
mod settings;

pub(crate) use literals::lists;

use crate::errors::{Mistakes, Sink};
use crate::model::{Frame, Method};
use crate::parse::Declaration;

/// The frame, which is always valid, and the methods or all that is wrong.
pub(crate) fn declaration(raw: &Declaration) -> (Frame<'_>, Result<Vec<Method<'_>>, Mistakes>) {
    let ((frame, methods), result) = Sink::gather(|sink| {
        raw.unread.iter().for_each(|error| sink.at(error.span(), error));
        let api = api::read(sink, raw);
        let methods = methods::read(sink, raw, &api);
        policy::check(sink, &methods);
        (api.frame, methods)
    });
    (frame, result.map(|()| methods.into_iter().map(|checked| checked.method).collect()))
}
