//! What the rules look at: a method as it was read, the path that its arguments fill, and what is known of it so far.

use proc_macro2::Span;
use syn::{Attribute, Ident, LitStr, PatType};

use super::settings::Places;
use crate::conditions::Condition;
use crate::errors::Sink;
use crate::model::{Argument, ContentType, Method, Role, Settings, Signature};
use crate::parse::{Attr, Input};
use crate::roles::Kind;
use crate::template::{Placeholder, Template};

/// One method with what the rules need.
pub(super) struct Raw<'a> {
    pub(super) signature: Signature<'a>,
    pub(super) attr: &'a Attr,
    /// The verb that is meant, also where it is misspelt; or `nest`.
    pub(super) kind: &'static str,
    pub(super) inputs: &'a [Input],
}

/// What the rules about a whole endpoint look at.
pub(super) struct Context<'a> {
    pub(super) sink: &'a Sink,
    pub(super) verb: &'a str,
    pub(super) attr: &'a Attr,
    pub(super) settings: &'a Settings,
    pub(super) places: &'a Places,
}

/// The path that arguments fill.
pub(super) struct Target<'a> {
    /// When the method is there: only then something must be right about it.
    pub(super) present: Condition,
    pub(super) literal: Option<&'a LitStr>,
    pub(super) template: Option<&'a Template>,
}

impl<'a> Target<'a> {
    /// The placeholders of the path.
    pub(super) fn placeholders(&self) -> &'a [Placeholder] {
        self.template.map(|template| template.placeholders.as_slice()).unwrap_or_default()
    }

    /// The role that the placeholder of that name gives.
    pub(super) fn role(&self, name: &str) -> Option<Role> {
        let mut all = self.placeholders().iter().enumerate();
        let (place, placeholder) = all.find(|(_, placeholder)| placeholder.name == name)?;
        let kind = if placeholder.rest { Kind::Rest } else { Kind::Segment };
        Some(Role { place: Some(place), ..Role::new(kind, name) })
    }
}

/// An argument with a name.
pub(super) struct Named<'a> {
    pub(super) ident: &'a Ident,
    pub(super) name: String,
    pub(super) argument: &'a PatType,
    pub(super) input: &'a Input,
}

impl<'a> Named<'a> {
    /// The argument in its role.
    pub(super) fn with(&self, role: Role) -> Argument<'a> {
        let (ty, docs) = (&*self.argument.ty, &*self.input.docs);
        Argument { ident: self.ident, ty, cfgs: cfgs(&self.argument.attrs), role, docs }
    }
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

/// A method, and its path literal for the rules that compare paths.
pub(super) struct Checked<'a> {
    pub(super) method: Method<'a>,
    pub(super) literal: Option<&'a LitStr>,
    /// Whether nothing is wrong with the method itself.
    pub(super) clean: bool,
}

/// The `#[cfg]`s among attributes.
pub(super) fn cfgs(attrs: &[Attribute]) -> Vec<&Attribute> {
    attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
}
