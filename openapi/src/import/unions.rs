//! Unions: which member tells their variants apart, and when they are something simpler.

use serde_json::Value;

use super::convert::Types;
use super::names::words;
use super::types::{Id, Kind, Origin, Ty, Union, Variant};
use crate::document::pointer;
use crate::schema::{Node, Schema};

/// A variant's type, and the schema that it came from.
type Raw<'d> = (Ty, Option<Node<'d>>);

impl<'d> Types<'d> {
    pub(super) fn union(&mut self, schema: &Schema<'d>, origin: Origin, key: &str) -> Ty {
        let id = self.start(schema, origin, key);
        let mut raw = Vec::new();
        let nodes = self.flat_variants(schema, 0);
        for (index, node) in nodes.iter().enumerate() {
            let words = self.variant_words(node, &nodes, index);
            raw.push((self.ty(node, Origin::Member { of: id, words }), Some(node.clone())));
        }
        let discriminator = schema.unions.iter().find_map(|union| union.discriminator.clone());
        let tag =
            self.tag(&raw, discriminator.as_ref().map(|found| (found.property, found.mapping.as_slice())));
        self.join(id, raw, tag)
    }

    /// The variants of all unions, and those of a union within, which would take what fits another variant of this one better.
    fn flat_variants(&self, schema: &Schema<'d>, depth: usize) -> Vec<Node<'d>> {
        let mut all = Vec::new();
        for node in schema.unions.iter().flat_map(|union| &union.variants) {
            let inner = node.read(self.document);
            let is_union = !inner.unions.is_empty() && inner.properties.is_empty() && inner.values.is_none();
            if is_union && !inner.nullable && depth < 4 {
                all.extend(self.flat_variants(&inner, depth + 1));
            } else {
                all.push(node.clone());
            }
        }
        all
    }

    /// What a variant without a name is called: its title, the constant or the member that tells it apart, or what it is.
    fn variant_words(&self, node: &Node<'d>, all: &[Node<'d>], index: usize) -> Vec<String> {
        let schema = node.read(self.document);
        if !schema.title.is_empty() && schema.title.len() < 40 {
            return words(schema.title);
        }
        let mut constants =
            schema.properties.iter().filter_map(|(_, node)| constant(&node.read(self.document)));
        if let Some(constant) = constants.next() {
            return words(&constant);
        }
        if schema.values.is_some() {
            return words("keyword");
        }
        let others = all.iter().enumerate().filter(|(other, _)| *other != index);
        let others: Vec<Schema<'d>> = others.map(|(_, node)| node.read(self.document)).collect();
        let has = |schema: &Schema<'d>, name: &str| schema.properties.iter().any(|(other, _)| *other == name);
        let is_own = |name: &&&str| !others.iter().any(|other| has(other, name));
        let names: Vec<&str> = schema.properties.iter().map(|(name, _)| *name).collect();
        let required = names.iter().filter(|name| schema.required.contains(name)).find(is_own);
        match required.or_else(|| names.iter().find(is_own)) {
            Some(name) => [words("with"), words(name)].concat(),
            None if self.keywords(&schema).is_some() => words(&self.keywords(&schema).unwrap_or_default()),
            None if !names.is_empty() && others.iter().all(|other| other.properties.is_empty()) => {
                words("object")
            }
            None if schema.items.is_some() => words("item"),
            None => words(&format!("variant {}", index + 1)),
        }
    }

    /// `queued or in progress`: the few values of a member.
    fn keywords(&self, schema: &Schema<'d>) -> Option<String> {
        let values = schema.properties.iter().find_map(|(_, node)| node.read(self.document).values)?;
        let texts: Option<Vec<&str>> = values.iter().map(|value| value.as_str()).collect();
        texts.filter(|texts| texts.len() < 4).map(|texts| texts.join(" or "))
    }

    /// The member that tells most variants apart, and the value of each; none for a variant that it does not tell: one that
    /// is not an object, that several values stand for, or that shares its value.
    fn tag(
        &self,
        raw: &[Raw<'d>],
        discriminator: Option<(&str, &[(&str, &str)])>,
    ) -> Option<(String, Vec<Vec<String>>)> {
        let nodes: Vec<&Node<'d>> = raw.iter().filter_map(|(_, node)| node.as_ref()).collect();
        let schemas: Vec<Schema<'d>> = nodes.iter().map(|node| node.read(self.document)).collect();
        let mut names: Vec<&str> = discriminator.iter().map(|(name, _)| *name).collect();
        for (name, _) in schemas.iter().flat_map(|schema| &schema.properties) {
            if !names.contains(name) {
                names.push(name);
            }
        }
        let mut best: Option<(String, Vec<Vec<String>>)> = None;
        let count = |values: &[Vec<String>]| values.iter().filter(|values| !values.is_empty()).count();
        for name in names {
            let mapping = discriminator.filter(|(property, _)| *property == name).map(|(_, mapping)| mapping);
            let each = nodes.iter().zip(&schemas);
            let values = each.map(|(node, schema)| self.tag_values(name, node, schema, mapping)).collect();
            let values = without_shared(values);
            if count(&values) > best.as_ref().map_or(1, |(_, best)| count(best)) {
                best = Some((name.to_owned(), values));
            }
        }
        best
    }

    /// The values that a member has in a variant: its constants, or what the discriminator maps to it.
    fn tag_values(
        &self,
        name: &str,
        node: &Node<'d>,
        schema: &Schema<'d>,
        mapping: Option<&[(&str, &str)]>,
    ) -> Vec<String> {
        if !schema.unions.is_empty() {
            return Vec::new();
        }
        let Some((_, member)) = schema.properties.iter().find(|(other, _)| *other == name) else {
            return Vec::new();
        };
        let constants = member.read(self.document).values;
        let texts = constants
            .map(|values| values.into_iter().map(|value| value.as_str().map(str::to_owned)).collect());
        match texts {
            Some(texts) => Option::<Vec<String>>::unwrap_or_default(texts),
            None => mapping.map_or_else(Vec::new, |mapping| self.mapped(node, mapping)),
        }
    }

    /// The values that a discriminator maps to a schema; its name without a mapping.
    fn mapped(&self, node: &Node<'d>, mapping: &[(&str, &str)]) -> Vec<String> {
        let Some(target) = node.named(self.document) else { return Vec::new() };
        let name = pointer::last(&target);
        let is_target = |to: &str| to.trim_start_matches('#') == target || to == name;
        let values: Vec<String> =
            mapping.iter().filter(|(_, to)| is_target(to)).map(|(value, _)| (*value).to_owned()).collect();
        if values.is_empty() { vec![name] } else { values }
    }

    /// Makes one type of several.
    pub(super) fn join(&mut self, id: Id, raw: Vec<Raw<'d>>, tag: Option<(String, Vec<Vec<String>>)>) -> Ty {
        let mut null = false;
        let mut variants: Vec<(Ty, Option<Node<'d>>, Vec<String>)> = Vec::new();
        for (index, (ty, node)) in raw.into_iter().enumerate() {
            let (plain, is_null) = ty.without_null();
            null |= is_null;
            let values = tag.as_ref().and_then(|(_, values)| values.get(index).cloned()).unwrap_or_default();
            if !variants.iter().any(|(other, ..)| other == plain) {
                variants.push((plain.clone(), node, values));
            }
        }
        let is_any = variants.iter().any(|(ty, ..)| *ty == Ty::Any);
        let simple = if is_any { Some(Ty::Any) } else { self.simple(id, &variants) };
        let ty = match simple {
            Some(Ty::Def(same)) if same == id => Ty::Def(id),
            Some(other) => {
                // A type that is only itself has no value.
                let other = if other.ids().contains(&id) { Ty::Any } else { other };
                self.finish(id, Kind::Alias(other.clone()));
                other
            }
            None => {
                let tag = tag.map(|(name, _)| name);
                let variants = variants.into_iter().map(|(ty, _, values)| Variant {
                    words: self.called(&ty, &values),
                    values,
                    ty,
                });
                let union = Union { tag, variants: variants.collect() };
                self.finish(id, Kind::Union(union))
            }
        };
        if null { ty.nullable() } else { ty }
    }

    /// What a union is if it needs no variants: the only type, or strings of which some are known.
    fn simple(&mut self, id: Id, variants: &[(Ty, Option<Node<'d>>, Vec<String>)]) -> Option<Ty> {
        if let [(only, ..)] = variants {
            return Some(only.clone());
        }
        let mut values = Vec::new();
        for (ty, node, _) in variants {
            match ty {
                Ty::Text => {
                    // A single constant.
                    let schema = node.as_ref().map(|node| node.read(self.document));
                    values.extend(schema.as_ref().and_then(constant));
                }
                Ty::Def(other) => match self.defs.get(*other).map(|def| &def.kind) {
                    Some(Kind::Enum(more)) => values.extend(more.iter().cloned()),
                    _ => return None,
                },
                _ => return None,
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        values.retain(|value| seen.insert(value.clone()));
        if values.len() < 2 || values.len() > 150 {
            return Some(Ty::Text);
        }
        Some(self.finish(id, Kind::Enum(values)))
    }

    /// The name of a variant.
    pub(super) fn called(&self, ty: &Ty, values: &[String]) -> Vec<String> {
        if let [value] = values {
            return words(value);
        }
        match ty {
            Ty::Any => words("any"),
            Ty::Bool => words("bool"),
            Ty::Int(_) => words("integer"),
            Ty::Float => words("number"),
            Ty::Text | Ty::Secret => words("text"),
            Ty::Unit => words("nothing"),
            Ty::Item | Ty::Page(..) => words("page"),
            Ty::Map(_) => words("map"),
            Ty::Nullable(inner) => self.called(inner, values),
            Ty::List(inner) => {
                let mut words = self.called(inner, values);
                words.push("list".to_owned());
                words
            }
            Ty::Def(id) => match self.defs.get(*id).map(|def| &def.origin) {
                Some(
                    Origin::Named(words) | Origin::Member { words, .. } | Origin::Operation { words, .. },
                ) => words.clone(),
                None => words("value"),
            },
        }
    }
}

/// One value of a variant is written; several could only be read, and one of several variants tells nothing.
fn without_shared(mut values: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let all: Vec<String> = values.iter().flatten().cloned().collect();
    let is_own = |value: &String| all.iter().filter(|other| *other == value).count() == 1;
    for own in &mut values {
        if own.len() != 1 || !own.iter().all(is_own) {
            own.clear();
        }
    }
    values
}

/// The words of variants without those that all of them begin or end with.
pub(super) fn short_names(variants: &[&Variant]) -> Option<Vec<Vec<String>>> {
    let all: Vec<&[String]> = variants.iter().map(|variant| variant.words.as_slice()).collect();
    let first = all.first().filter(|_| all.len() > 1)?;
    let shortest = all.iter().map(|words| words.len()).min()?;
    let starts = |count: &usize| all.iter().all(|words| words.get(..*count) == first.get(..*count));
    let start = (0..shortest).rev().find(starts).unwrap_or(0);
    let end_of =
        |words: &[String], count: usize| words.get(words.len().saturating_sub(count)..).map(<[_]>::to_vec);
    let ends = |count: &usize| all.iter().all(|words| end_of(words, *count) == end_of(first, *count));
    let end = (0..shortest - start).rev().find(ends).unwrap_or(0);
    let names = all.iter().map(|words| words.get(start..words.len() - end).unwrap_or_default().to_vec());
    let names: Vec<Vec<String>> = names.collect();
    let is_name = |words: &Vec<String>| {
        words.first().is_some_and(|word| word.starts_with(char::is_alphabetic)) && words.concat() != "value"
    };
    (start + end > 0 && names.iter().all(is_name)).then_some(names)
}

/// The only string that a schema allows.
fn constant(schema: &Schema<'_>) -> Option<String> {
    match schema.values.as_deref()? {
        [Value::String(text)] => Some(text.clone()),
        _ => None,
    }
}
