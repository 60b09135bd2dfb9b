//! Which unions write the tag of their variants, and which variants write it themselves.

use std::collections::BTreeMap;

use super::convert::Types;
use super::types::{Def, Field, Id, Kind, Ty, Union, Used, Variant};

impl Types<'_> {
    /// serde writes the tag beside members; a union inside would be read without it.
    pub(super) fn tag_structs_only(&mut self) {
        let is_plain = |def: &Def| matches!(&def.kind, Kind::Struct(found) if found.variants.is_none() && found.rest.is_none());
        let plain: Vec<bool> = self.defs.iter().map(is_plain).collect();
        let is_plain = |ty: &Ty| matches!(ty, Ty::Def(id) if plain.get(*id) == Some(&true));
        for def in &mut self.defs {
            if let Kind::Union(union) = &mut def.kind {
                union.untag(|variant| !is_plain(&variant.ty));
            }
        }
    }

    /// A struct that is also sent by itself has to write its tag, so a union cannot; whether there was one.
    pub(super) fn tags_that_hide(&mut self) -> bool {
        let mut tags: BTreeMap<Id, String> = BTreeMap::new();
        let mut hidden: Vec<(Id, Id)> = Vec::new();
        for (id, def) in self.defs.iter().enumerate() {
            let Kind::Union(union) = &def.kind else { continue };
            for (variant, tag) in union.tagged() {
                let Some(variant) = variant.ty.inline_id() else { continue };
                let used = self.defs.get(variant).map(|def| &def.used);
                let is_sent_alone = used.is_some_and(|used| used.alone && used.request);
                let other = tags.entry(variant).or_insert_with(|| tag.to_owned());
                if is_sent_alone || other != tag {
                    hidden.push((id, variant));
                }
            }
        }
        for (id, variant) in &hidden {
            if let Some(Kind::Union(union)) = self.defs.get_mut(*id).map(|def| &mut def.kind) {
                union.untag(|other| other.ty.inline_id() == Some(*variant));
            }
        }
        !hidden.is_empty()
    }

    /// The members that a union writes and reads are not members of its variants, unless one is received alone as well.
    pub(super) fn drop_tags(&mut self) {
        let unions = self.defs.iter().filter_map(|def| match &def.kind {
            Kind::Union(union) => Some(union),
            _ => None,
        });
        let tagged = unions.flat_map(Union::tagged);
        let tags: Vec<(Id, String)> =
            tagged.filter_map(|(variant, tag)| Some((variant.ty.inline_id()?, tag.to_owned()))).collect();
        for (id, tag) in tags {
            let Some(def) = self.defs.get_mut(id) else { continue };
            let Kind::Struct(found) = &mut def.kind else { continue };
            if def.used.alone {
                // The union takes it away.
                found
                    .fields
                    .iter_mut()
                    .filter(|field| field.wire == tag)
                    .for_each(|field| field.required = false);
            } else if !found.tags.contains(&tag) {
                found.tags.push(tag);
            }
        }
    }

    /// A variant of which nothing is left but its tag needs no struct.
    pub(super) fn drop_empty_variants(&mut self) {
        let is_empty = |def: &Def| match &def.kind {
            Kind::Struct(found) => {
                let is_tag = |field: &Field| found.tags.contains(&field.wire);
                found.rest.is_none() && found.variants.is_none() && found.fields.iter().all(is_tag)
            }
            _ => false,
        };
        let empty: Vec<bool> = self.defs.iter().map(|def| !def.used.alone && is_empty(def)).collect();
        for (def, is_empty) in self.defs.iter_mut().zip(&empty) {
            if *is_empty {
                def.used = Used::default();
            }
            let Kind::Union(union) = &mut def.kind else { continue };
            let is_tagged = |variant: &&mut Variant| !variant.values.is_empty();
            let variants = union.variants.iter_mut().filter(is_tagged).filter(|_| union.tag.is_some());
            for variant in variants {
                if variant.ty.inline_id().is_some_and(|id| empty.get(id) == Some(&true)) {
                    variant.ty = Ty::Unit;
                }
            }
        }
    }
}
