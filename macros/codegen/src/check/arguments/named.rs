//! The rules about an argument as such: it has a name, and one role.

use syn::ext::IdentExt;
use syn::{FnArg, Pat, PatIdent, TraitItemFn};

use crate::check::subject::Named;
use crate::errors::Sink;
use crate::parse::{Attr, Input};

/// An argument is a name and a type: a pattern has no name to show.
pub(super) fn all<'a>(
    sink: &Sink,
    function: &'a TraitItemFn,
    inputs: &'a [Input],
    broken: &mut bool,
) -> Vec<Named<'a>> {
    let mut all = Vec::new();
    for (position, (argument, input)) in function.sig.inputs.iter().zip(inputs).enumerate() {
        let argument = match argument {
            FnArg::Typed(argument) => argument,
            FnArg::Receiver(_) => {
                for attr in &input.roles {
                    sink.at(
                        attr.name.span(),
                        format!("`self` is the client and has no role: remove `#[{}]`", attr.name),
                    );
                }
                continue;
            }
        };
        match &*argument.pat {
            Pat::Ident(PatIdent { ident, by_ref: None, mutability: None, subpat: None, .. }) => {
                all.push(Named { ident, name: ident.unraw().to_string(), argument, input });
            }
            Pat::Ident(pattern) => {
                let ident = &pattern.ident;
                sink.over(pattern, format!("an argument of an endpoint is a plain name: write `{ident}`"));
                *broken = true;
            }
            pattern => {
                sink.over(pattern, format!("an argument of an endpoint is a plain name, which appears in errors and in `ENDPOINTS`: write `arg{position}: …`"));
                *broken = true;
            }
        }
    }
    all
}

/// An argument has one role.
pub(super) fn role<'a>(sink: &Sink, named: &Named<'a>) -> Option<&'a Attr> {
    let mut roles = named.input.roles.iter();
    let first = roles.next();
    for other in roles {
        let chosen = first.map_or_else(String::new, |attr| attr.name.to_string());
        sink.at(other.name.span(), format!("`{}` is already `#[{chosen}]`, and an argument has one role: remove `#[{}]`, or add a second argument", named.name, other.name));
    }
    first
}
