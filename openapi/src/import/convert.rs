//! From schemas to types.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::{singular, words};
use super::paging::Paging;
use super::types::{Def, Field, Id, Kind, Origin, Struct, Ty, Used};
use super::{Config, Note};
use crate::document::{Document, pointer};
use crate::schema::{Additional, Node, Schema, Type};

/// Enums with more values than this become texts: nobody reads them, and they would not fit into a file.
const MAX_VALUES: usize = 150;

/// All types of an import.
pub(super) struct Types<'d> {
    pub(super) document: &'d Document,
    pub(super) config: &'d Config,
    pub(super) defs: Vec<Def>,
    pub(super) notes: Vec<Note>,
    /// Whether lists of this document are linked by the header `Link`.
    pub(super) has_links: bool,
    /// Types that are pages of a list.
    pub(super) pagings: Vec<Paging>,
    /// What a place in the document has become.
    memo: BTreeMap<String, Ty>,
}

impl<'d> Types<'d> {
    pub(super) fn new(document: &'d Document, config: &'d Config) -> Self {
        Self {
            document,
            config,
            defs: Vec::new(),
            notes: Vec::new(),
            has_links: false,
            pagings: Vec::new(),
            memo: BTreeMap::new(),
        }
    }

    /// The type of a schema. A type without a name of its own is called after `origin`.
    pub(super) fn ty(&mut self, node: &Node<'d>, origin: Origin) -> Ty {
        let schema = node.read(self.document);
        for broken in &schema.broken {
            self.note(&broken.pointer, format!("{}: read as any value", broken.message));
        }
        let ty = self.base(node, &schema, origin);
        if schema.nullable { ty.nullable() } else { ty }
    }

    pub(super) fn note(&mut self, pointer: &str, message: String) {
        let note = Note { pointer: pointer.to_owned(), message, operation: String::new(), left_out: false };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn base(&mut self, node: &Node<'d>, schema: &Schema<'d>, origin: Origin) -> Ty {
        let named = node.named(self.document);
        let key = named.clone().unwrap_or_else(|| pointers(node));
        if let Some(found) = self.memo.get(&key) {
            return found.clone();
        }
        let origin = match named {
            Some(pointer) => Origin::Named(words(&file_stem(&pointer::last(&pointer)))),
            None => origin,
        };
        let ty = self.convert(node, schema, origin, &key);
        if !key.is_empty() {
            self.memo.insert(key, ty.clone());
        }
        ty
    }

    fn convert(&mut self, node: &Node<'d>, schema: &Schema<'d>, origin: Origin, key: &str) -> Ty {
        if let Some(values) = &schema.values {
            return self.values(schema, values, origin);
        }
        let has_members = !schema.properties.is_empty();
        if !schema.unions.is_empty() && !has_members {
            return self.union(schema, origin, key);
        }
        match schema.types.as_slice() {
            _ if has_members => self.structure(schema, origin, key),
            [] if node.parts.is_empty() => Ty::Any,
            [Type::Object] => self.map(schema, origin, key),
            [Type::Array] => self.list(schema, origin),
            [single] => plain(*single, schema),
            [] => Ty::Any,
            several => self.several(several, schema, origin, key),
        }
    }

    /// Adds a type that is not converted yet, so that it can name itself.
    pub(super) fn start(&mut self, schema: &Schema<'_>, origin: Origin, key: &str) -> Id {
        let id = self.defs.len();
        self.defs.push(Def {
            origin,
            docs: if schema.docs.is_empty() { schema.title } else { schema.docs }.to_owned(),
            deprecated: schema.deprecated,
            kind: Kind::Pending,
            used: Used::default(),
            repeated: Vec::new(),
        });
        if !key.is_empty() {
            self.memo.insert(key.to_owned(), Ty::Def(id));
        }
        id
    }

    pub(super) fn finish(&mut self, id: Id, kind: Kind) -> Ty {
        if let Some(def) = self.defs.get_mut(id) {
            def.kind = kind;
        }
        Ty::Def(id)
    }

    fn values(&mut self, schema: &Schema<'d>, values: &[&'d Value], origin: Origin) -> Ty {
        let texts: Vec<String> =
            values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
        if texts.len() != values.len() {
            return match values {
                _ if values.iter().all(|value| value.is_i64() || value.is_u64()) => Ty::Int("i64"),
                _ if values.iter().all(|value| value.is_number()) => Ty::Float,
                _ if values.iter().all(|value| value.is_boolean()) => Ty::Bool,
                _ => Ty::Any,
            };
        }
        // A constant is told in the docs; a type with one value tells nothing.
        if texts.len() < 2 {
            return Ty::Text;
        }
        if texts.len() > MAX_VALUES {
            self.note(&schema.pointer, format!("an enum of {} values is a text", texts.len()));
            return Ty::Text;
        }
        let id = self.start(schema, origin, "");
        self.finish(id, Kind::Enum(texts))
    }

    fn list(&mut self, schema: &Schema<'d>, origin: Origin) -> Ty {
        let Some(items) = &schema.items else { return Ty::List(Box::new(Ty::Any)) };
        Ty::List(Box::new(self.ty(items, origin.map(|words| one_of(&words)))))
    }

    fn map(&mut self, schema: &Schema<'d>, origin: Origin, key: &str) -> Ty {
        match &schema.additional {
            Additional::Of(node) => {
                // One value of `prices` is a price. A map that holds itself needs a name to end.
                if !key.is_empty() && self.memo.insert(key.to_owned(), Ty::Any).is_some() {
                    return Ty::Any;
                }
                let ty = self.ty(node, origin.map(|words| singular(&words)));
                Ty::Map(Box::new(ty))
            }
            _ => Ty::Map(Box::new(Ty::Any)),
        }
    }

    /// Several types at once: a union of them.
    fn several(&mut self, types: &[Type], schema: &Schema<'d>, origin: Origin, key: &str) -> Ty {
        let id = self.start(schema, origin, key);
        let variants = types.iter().map(|single| {
            let ty = match single {
                Type::Array => self.list(schema, Origin::Member { of: id, words: words("item") }),
                Type::Object => Ty::Map(Box::new(Ty::Any)),
                single => plain(*single, schema),
            };
            (ty, None)
        });
        let variants = variants.collect();
        self.join(id, variants, None)
    }

    fn structure(&mut self, schema: &Schema<'d>, origin: Origin, key: &str) -> Ty {
        let id = self.start(schema, origin, key);
        let mut found = Struct::default();
        for (name, node) in &schema.properties {
            let property = node.read(self.document);
            found.fields.push(self.field(id, name, node, &property, schema.required.contains(name)));
        }
        if let Additional::Of(node) = &schema.additional {
            found.rest = Some(self.ty(node, Origin::Member { of: id, words: words("value") }));
        }
        if let Some(union) = schema.unions.first() {
            let only = Schema { unions: vec![union.clone()], ..Schema::default() };
            let ty = self.union(&only, Origin::Member { of: id, words: words("variant") }, "");
            found.variants = Some(ty).filter(|ty| matches!(ty, Ty::Def(_)));
        }
        self.finish(id, Kind::Struct(found))
    }

    fn field(&mut self, of: Id, name: &str, node: &Node<'d>, property: &Schema<'d>, required: bool) -> Field {
        let mut ty = self.ty(node, Origin::Member { of, words: words(name) });
        let mut guess = None;
        if ty.without_null().0 == &Ty::Text
            && property.values.is_none()
            && self.config.is_secret(name, property.docs)
        {
            guess = Some("Guess: a secret by its name.");
            ty = if ty == Ty::Text { Ty::Secret } else { Ty::Secret.nullable() };
        }
        Field {
            wire: name.to_owned(),
            docs: docs(property),
            ty,
            required,
            read_only: property.read_only,
            write_only: property.write_only,
            deprecated: property.deprecated,
            guess,
            style: None,
        }
    }
}

/// What a description says, or the constant that a member is.
pub(super) fn docs(schema: &Schema<'_>) -> String {
    let text = if schema.docs.is_empty() { schema.title } else { schema.docs };
    match &schema.values {
        Some(values) if values.len() == 1 => {
            let constant = values.first().and_then(|value| value.as_str()).unwrap_or_default();
            let first = super::docs::first_sentence(text);
            let first = first.trim_end_matches(['.', ':']);
            match (first.is_empty(), first.contains(constant)) {
                (true, _) => format!("Always `{constant}`."),
                (_, true) => text.to_owned(),
                _ => format!("{first}, always `{constant}`."),
            }
        }
        _ => text.to_owned(),
    }
}

/// The name of an item of what is named by these words.
fn one_of(words: &[String]) -> Vec<String> {
    let single = singular(words);
    if single != words || words.last().is_none_or(|word| word == "item") {
        return single;
    }
    let mut words = words.to_vec();
    words.push("item".to_owned());
    words
}

/// `user` for `schemas/user.yaml`.
fn file_stem(name: &str) -> String {
    let stem = [".json", ".yaml", ".yml"].iter().find_map(|end| name.strip_suffix(end));
    stem.unwrap_or(name).to_owned()
}

fn pointers(node: &Node<'_>) -> String {
    let all: Vec<&str> = node
        .parts
        .iter()
        .map(|part| match part {
            crate::schema::Part::Schema { pointer, .. } | crate::schema::Part::Form { pointer, .. } => {
                pointer.as_str()
            }
        })
        .collect();
    all.join("+")
}

/// A type without members.
fn plain(single: Type, schema: &Schema<'_>) -> Ty {
    match single {
        Type::Null => Ty::Any.nullable(),
        Type::Boolean => Ty::Bool,
        Type::Integer => integer(schema),
        Type::Number => Ty::Float,
        Type::String if schema.format == "password" => Ty::Secret,
        Type::String => Ty::Text,
        Type::Array => Ty::List(Box::new(Ty::Any)),
        Type::Object => Ty::Map(Box::new(Ty::Any)),
    }
}

fn integer(schema: &Schema<'_>) -> Ty {
    let unsigned = schema.minimum.is_some_and(|minimum| minimum >= 0.0) || schema.format.starts_with("uint");
    let short = matches!(schema.format, "int32" | "int16" | "int8" | "uint32" | "uint16" | "uint8")
        && schema.maximum.is_none_or(|maximum| maximum <= f64::from(i32::MAX));
    Ty::Int(match (unsigned, short) {
        (true, true) => "u32",
        (true, false) => "u64",
        (false, true) => "i32",
        (false, false) => "i64",
    })
}
