//! Writes Rust as `rustfmt` would.

mod endpoint;
mod error;
mod items;
mod page;
mod setters;

use std::collections::BTreeSet;

use super::convert::Types;
use super::operations::ArgTy;
use super::types::{Id, Ty};

pub(super) use self::endpoint::{method, root, trait_};
pub(super) use self::error::display;
pub(super) use self::items::{
    enum_variants, has_default, is_open, is_required, item, members, union_variants,
};
pub(super) use self::page::{listed, page};
pub(super) use self::setters::MACRO as SETTERS;

/// Columns of a line.
pub(super) const WIDTH: usize = 100;
/// Columns of what stands in the parentheses of an attribute.
const ATTRIBUTE_WIDTH: usize = 70;

/// What a printed item needs to be imported.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    pub(super) ids: BTreeSet<Id>,
    /// Of declarest.
    pub(super) runtime: BTreeSet<&'static str>,
    pub(super) serde: BTreeSet<&'static str>,
    /// Aliases and types of the root module.
    pub(super) root: BTreeSet<&'static str>,
    pub(super) map: bool,
}

/// A printed item.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) needs: Needs,
}

impl Chunk {
    pub(super) fn lines(&self) -> usize {
        self.text.lines().count()
    }
}

/// What is known when printing begins.
pub(super) struct Printer<'a, 'd> {
    pub(super) types: &'a Types<'d>,
    /// Names of types, by their index.
    pub(super) names: &'a [String],
    /// Types that hold each other in place.
    pub(super) circles: &'a BTreeSet<(Id, Id)>,
    /// Whether the macro of setters is there.
    pub(super) has_setters: bool,
}

impl Printer<'_, '_> {
    pub(super) fn name(&self, id: Id, needs: &mut Needs) -> String {
        needs.ids.insert(id);
        self.names.get(id).cloned().unwrap_or_default()
    }

    /// A name of declarest, in full if a type of the document has it.
    pub(super) fn runtime(&self, name: &'static str, needs: &mut Needs) -> String {
        if self.names.iter().any(|other| other == name) {
            return format!("declarest::{name}");
        }
        needs.runtime.insert(name);
        name.to_owned()
    }

    /// A type that owns its data, as a member of `of`.
    pub(super) fn owned(&self, ty: &Ty, of: Option<Id>, needs: &mut Needs) -> String {
        match ty {
            Ty::Any => "serde_json::Value".to_owned(),
            Ty::Bool => "bool".to_owned(),
            Ty::Int(name) => (*name).to_owned(),
            Ty::Float => "f64".to_owned(),
            Ty::Text => "String".to_owned(),
            Ty::Secret => self.runtime("Secret", needs),
            Ty::Unit => "()".to_owned(),
            Ty::Item => "T".to_owned(),
            Ty::Page(id, item) => {
                let page = self.name(*id, needs);
                format!("{page}<{}>", self.owned(item, None, needs))
            }
            Ty::List(inner) => format!("Vec<{}>", self.owned(inner, None, needs)),
            Ty::Map(inner) => {
                needs.map = true;
                format!("BTreeMap<String, {}>", self.owned(inner, None, needs))
            }
            Ty::Nullable(inner) => format!("Option<{}>", self.owned(inner, of, needs)),
            Ty::Def(id) => {
                let name = self.name(*id, needs);
                let boxed = of.is_some_and(|of| self.circles.contains(&(of, *id)));
                if boxed { format!("Box<{name}>") } else { name }
            }
        }
    }

    /// An argument's type: borrowed where it would own something.
    pub(super) fn lent(&self, ty: &ArgTy, optional: bool, needs: &mut Needs) -> String {
        let (text, is_list) = match ty {
            ArgTy::Given(ty) => (self.owned(ty.without_null().0, None, needs), false),
            ArgTy::Fixed(name) => (self.runtime(name, needs), false),
            ArgTy::Several(name) => (format!("Vec<{}>", self.runtime(name, needs)), true),
            ArgTy::Lent(ty) => match ty.without_null().0 {
                Ty::Text => ("&str".to_owned(), false),
                Ty::List(inner) if **inner == Ty::Text => ("&[&str]".to_owned(), true),
                Ty::List(inner) => (format!("&[{}]", self.owned(inner, None, needs)), true),
                plain @ (Ty::Bool | Ty::Int(_) | Ty::Float) => (self.owned(plain, None, needs), false),
                other => (format!("&{}", self.owned(other, None, needs)), false),
            },
        };
        // An empty list sends nothing.
        if optional && !is_list { format!("Option<{text}>") } else { text }
    }
}
