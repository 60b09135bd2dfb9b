//! The Rust types that schemas become, before they have names.

use std::collections::BTreeMap;

/// A type that is defined in the imported files.
pub(super) type Id = usize;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ty {
    /// `serde_json::Value`.
    Any,
    Bool,
    /// `i32`, `i64`, `u32`, `u64`.
    Int(&'static str),
    Float,
    Text,
    Secret,
    /// Nothing but the tag of a variant.
    Unit,
    List(Box<Ty>),
    /// By string keys.
    Map(Box<Ty>),
    /// May be `null`.
    Nullable(Box<Ty>),
    Def(Id),
    /// The items of a page that several lists share.
    Item,
    /// Such a page, of these items.
    Page(Id, Box<Ty>),
}

/// A type that gets a name.
#[derive(Debug, Clone)]
pub(super) struct Def {
    pub(super) origin: Origin,
    pub(super) docs: String,
    pub(super) deprecated: bool,
    pub(super) kind: Kind,
    pub(super) used: Used,
    /// Further places where the same type was described.
    pub(super) repeated: Vec<Origin>,
}

/// Where a name comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// The document's own name.
    Named(Vec<String>),
    /// A member, an item or a variant of another type.
    Member { of: Id, words: Vec<String> },
    /// A part of an operation: its name, and what it is.
    Operation { operation: usize, words: Vec<String> },
}

impl Origin {
    /// The same place with other words.
    pub(super) fn map(self, change: impl FnOnce(Vec<String>) -> Vec<String>) -> Self {
        match self {
            Self::Named(words) => Self::Named(change(words)),
            Self::Member { of, words } => Self::Member { of, words: change(words) },
            Self::Operation { operation, words } => Self::Operation { operation, words: change(words) },
        }
    }
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// It is being converted.
    Pending,
    /// It turned out to be another type.
    Alias(Ty),
    Struct(Struct),
    /// Strings.
    Enum(Vec<String>),
    Union(Union),
}

#[derive(Debug, Clone, Default)]
pub(super) struct Struct {
    pub(super) fields: Vec<Field>,
    /// The values of all other members.
    pub(super) rest: Option<Ty>,
    /// Members that depend on the variant of a union.
    pub(super) variants: Option<Ty>,
    /// Members that are written by the union that this struct is a variant of.
    pub(super) tags: Vec<String>,
    /// Whether it spreads into the query.
    pub(super) is_query: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) wire: String,
    pub(super) docs: String,
    pub(super) ty: Ty,
    pub(super) required: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) deprecated: bool,
    /// A line that says what was guessed.
    pub(super) guess: Option<&'static str>,
    /// In a query: the attribute of the list style.
    pub(super) style: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(super) struct Union {
    /// The member that tells the variants apart; serde writes and reads it.
    pub(super) tag: Option<String>,
    pub(super) variants: Vec<Variant>,
}

#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) words: Vec<String>,
    /// The value of the tag; none where the union does not write it.
    pub(super) values: Vec<String>,
    pub(super) ty: Ty,
}

/// Who uses a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) request: bool,
    pub(super) response: bool,
    /// In a content that serde writes.
    pub(super) serialized: bool,
    /// As one value of a path, a query, a header or a form.
    pub(super) scalar: bool,
    /// As the whole content or query of a request.
    pub(super) argument: bool,
    /// By something else than a union that writes its tag.
    pub(super) alone: bool,
    /// Files, by their index.
    pub(super) files: Vec<usize>,
}

impl Ty {
    pub(super) fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Any => self,
            other => Self::Nullable(Box::new(other)),
        }
    }

    /// The type without `null`, and whether there was one.
    pub(super) fn without_null(&self) -> (&Self, bool) {
        match self {
            Self::Nullable(inner) => (inner, true),
            other => (other, false),
        }
    }

    /// The definitions that it names.
    pub(super) fn ids(&self) -> Vec<Id> {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.ids(),
            Self::Def(id) => vec![*id],
            Self::Page(id, item) => [vec![*id], item.ids()].concat(),
            _ => Vec::new(),
        }
    }

    /// The definition that stands in place, not behind a list or map.
    pub(super) fn inline_id(&self) -> Option<Id> {
        match self {
            Self::Nullable(inner) => inner.inline_id(),
            Self::Def(id) => Some(*id),
            _ => None,
        }
    }

    pub(super) fn replace(&mut self, ids: &BTreeMap<Id, Ty>) {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Page(_, inner) => inner.replace(ids),
            Self::Nullable(inner) => {
                inner.replace(ids);
                // Two layers of `null` are one.
                if matches!(**inner, Self::Nullable(_) | Self::Any) {
                    *self = (**inner).clone();
                }
            }
            Self::Def(id) => {
                if let Some(other) = ids.get(id) {
                    *self = other.clone();
                }
            }
            _ => {}
        }
    }
}

impl Union {
    /// The variants whose tag serde writes and reads.
    pub(super) fn tagged(&self) -> impl Iterator<Item = (&Variant, &str)> {
        let tag = self.tag.as_deref();
        self.variants
            .iter()
            .filter(|variant| !variant.values.is_empty())
            .filter_map(move |variant| Some((variant, tag?)))
    }

    /// Leaves the tag of these variants to their own types. A tag of less than two variants tells nothing.
    pub(super) fn untag(&mut self, is_untagged: impl Fn(&Variant) -> bool) {
        for variant in self.variants.iter_mut().filter(|variant| is_untagged(variant)) {
            variant.values.clear();
        }
        if self.tagged().count() < 2 {
            self.tag = None;
        }
    }
}

impl Kind {
    /// All types that it names.
    pub(super) fn types(&self) -> Vec<&Ty> {
        match self {
            Self::Struct(found) => {
                found.fields.iter().map(|field| &field.ty).chain(&found.rest).chain(&found.variants).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::Enum(_) | Self::Pending => Vec::new(),
        }
    }

    pub(super) fn types_mut(&mut self) -> Vec<&mut Ty> {
        match self {
            Self::Struct(found) => found
                .fields
                .iter_mut()
                .map(|field| &mut field.ty)
                .chain(&mut found.rest)
                .chain(&mut found.variants)
                .collect(),
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::Enum(_) | Self::Pending => Vec::new(),
        }
    }
}
