//! The rules about arguments: which role each has, and which placeholder each fills.

mod binding;
pub(super) mod once;
mod roles;
mod shapes;

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{FnArg, Ident, LitStr, Pat, PatIdent, PatType, TraitItemFn};

use super::endpoint::Context;
use super::methods::cfgs;
use crate::conditions::Condition;
use crate::errors::Sink;
use crate::model::{Argument, ContentType, Role};
use crate::parse::{Attr, Input};
use crate::template::Template;

pub(super) use binding::of_nest;

/// The path that arguments fill.
pub(super) struct Target<'a> {
    /// When the method is there.
    pub(super) present: Condition,
    pub(super) literal: Option<&'a LitStr>,
    pub(super) template: Option<&'a Template>,
}

/// The arguments of one endpoint.
#[derive(Default)]
pub(super) struct Arguments<'a> {
    pub(super) list: Vec<Argument<'a>>,
    /// Where the role of each stands.
    pub(super) places: Vec<Span>,
    /// `#[body(content_type = "…")]`
    pub(super) content_types: Vec<ContentType<'a>>,
    /// Whether an argument was reported, so that rules about what is missing keep quiet.
    pub(super) broken: bool,
    /// Whether one that was reported may have been meant for a placeholder.
    pub(super) may_fill: bool,
}

/// An argument with a name.
pub(super) struct Named<'a> {
    pub(super) ident: &'a Ident,
    pub(super) name: String,
    pub(super) argument: &'a PatType,
    pub(super) input: &'a Input,
}

/// Reads the arguments of an endpoint.
pub(super) fn read<'a>(
    context: &Context<'_>,
    function: &'a TraitItemFn,
    inputs: &'a [Input],
    target: &Target<'_>,
) -> Arguments<'a> {
    let mut arguments = Arguments::default();
    let named = named(context.sink, function, inputs, &mut arguments.broken);
    arguments.may_fill = arguments.broken;
    let mut open = Vec::new();
    for named in named {
        let place = named.input.roles.first().map_or(named.ident.span(), |attr| attr.name.span());
        let role = match single(context.sink, &named) {
            Some(attr) => roles::read(context, &named, attr, target, &mut arguments),
            None if !named.input.hidden.is_empty() => None,
            None if binding::by_name(&named, target).is_some() => binding::by_name(&named, target),
            None => {
                open.push(named);
                continue;
            }
        };
        let Some(role) = role else {
            arguments.broken = true;
            arguments.may_fill |= binding::may_fill(&named, target);
            continue;
        };
        shapes::check(context.sink, &named, &role);
        arguments.list.push(argument(&named, role));
        arguments.places.push(place);
    }
    let missing = binding::missing(context.sink, &mut arguments, target, &open);
    // Without a path nobody can say which arguments it would have bound.
    let unknown =
        target.literal.is_none() && !arguments.list.iter().any(|argument| argument.role == Role::Url);
    if unknown {
        return arguments;
    }
    binding::without_role(context.sink, &open, &missing, target, context.verb);
    arguments
}

fn argument<'a>(named: &Named<'a>, role: Role) -> Argument<'a> {
    Argument { ident: named.ident, ty: &named.argument.ty, cfgs: cfgs(&named.argument.attrs), role }
}

/// An argument is a name and a type: a pattern has no name to show.
fn named<'a>(
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
                        format!("`self` is the client, it has no role: leave `#[{}]` out", attr.name),
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
                sink.over(pattern, format!("an argument of an endpoint is a plain name: write `arg{position}: …`, the name is seen in errors and in `ENDPOINTS`"));
                *broken = true;
            }
        }
    }
    all
}

/// An argument has one role.
fn single<'a>(sink: &Sink, named: &Named<'a>) -> Option<&'a Attr> {
    let mut roles = named.input.roles.iter();
    let first = roles.next();
    for other in roles {
        let chosen = first.map_or_else(String::new, |attr| attr.name.to_string());
        sink.at(other.name.span(), format!("`{}` is already `#[{chosen}]`, an argument has one role: leave `#[{}]` out, or write a second argument", named.name, other.name));
    }
    first
}
