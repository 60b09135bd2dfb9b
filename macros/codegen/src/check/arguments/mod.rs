//! The rules about arguments: which role each has, and which placeholder each fills.

mod binding;
mod named;
pub(super) mod once;
mod roles;
mod shapes;

use syn::TraitItemFn;

use super::subject::{Arguments, Context, Target};
use crate::parse::Input;
use crate::roles::Kind;

pub(super) use binding::of_nest;
pub(crate) use roles::brackets_once;
pub(crate) use shapes::flat;

/// Reads the arguments of an endpoint.
pub(super) fn read<'a>(
    context: &Context<'_>,
    function: &'a TraitItemFn,
    inputs: &'a [Input],
    target: &Target<'_>,
) -> Arguments<'a> {
    let mut arguments = Arguments::default();
    let named = named::all(context.sink, function, inputs, &mut arguments.broken);
    arguments.may_fill = arguments.broken;
    let mut open = Vec::new();
    for named in named {
        let place = named.input.roles.first().map_or(named.ident.span(), |attr| attr.name.span());
        let role = match named::role(context.sink, &named) {
            Some(attr) => roles::read(context, &named, attr, target, &mut arguments),
            None if !named.input.hidden.is_empty() => None,
            None => match target.role(&named.name) {
                Some(role) => Some(role),
                None => {
                    open.push(named);
                    continue;
                }
            },
        };
        let Some(role) = role else {
            arguments.broken = true;
            arguments.may_fill |= binding::may_fill(&named, target);
            continue;
        };
        shapes::check(context.sink, &named, &role);
        arguments.list.push(named.with(role));
        arguments.places.push(place);
    }
    let missing = binding::missing(context.sink, &mut arguments, target, &open);
    // Without a path nobody can say which arguments it would have bound.
    let unknown =
        target.literal.is_none() && !arguments.list.iter().any(|argument| argument.role.kind == Kind::Url);
    if unknown {
        return arguments;
    }
    binding::without_role(context.sink, &open, &missing, target, context.verb);
    arguments
}
