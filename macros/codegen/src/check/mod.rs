//! Judges a raw declaration. Each rule is a function under a sentence that states it.

mod api;
mod arguments;
mod attribute;
mod bodies;
mod endpoint;
mod keys;
mod literals;
mod methods;
mod names_used;
mod nest;
mod paths;
mod policy;
mod returns;
mod settings;
mod subject;

pub(crate) use arguments::{brackets_once, flat};
pub(crate) use literals::{list_style, lists, media_type};

use crate::errors::{Mistakes, Sink};
use crate::model::{Frame, Method};
use crate::parse::Declaration;

/// What is known of a declaration.
pub(crate) struct Checked<'a> {
    /// Always valid.
    pub(crate) frame: Frame<'a>,
    /// Those with which nothing is wrong.
    pub(crate) methods: Vec<Method<'a>>,
    /// All that is wrong.
    pub(crate) result: Result<(), Mistakes>,
}

/// Checks a declaration.
pub(crate) fn declaration(raw: &Declaration) -> Checked<'_> {
    let ((frame, methods), result) = Sink::gather(|sink| {
        raw.unread.iter().for_each(|error| sink.at(error.span(), error));
        let api = api::read(sink, raw);
        let methods = methods::read(sink, raw, &api);
        policy::check(sink, &methods);
        (api.frame, methods)
    });
    let clean = methods.into_iter().filter(|checked| checked.clean);
    Checked { frame, methods: clean.map(|checked| checked.method).collect(), result }
}
