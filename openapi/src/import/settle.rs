//! What is decided when all types are known: which are one, who uses them, and where a box breaks a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::convert::Types;
use super::operations::{ArgTy, Endpoint};
use super::returns::Returns;
use super::types::{Id, Kind, Origin, Ty};

/// A use of a type by an endpoint.
#[derive(Clone, Copy)]
struct Use {
    request: bool,
    /// Whether serde writes it.
    serialized: bool,
    file: usize,
}

impl Types<'_> {
    /// Follows aliases, makes one of what is the same, and decides how unions are tagged.
    pub(super) fn settle(&mut self, endpoints: &mut [Endpoint], error: &mut Option<Ty>) {
        self.follow_aliases(endpoints, error);
        self.tag_structs_only();
        while self.merge_repeated(endpoints, error) {}
        self.join_same_variants(error);
    }

    /// Leaves one of the variants that turned out to be the same type; an error body with one variant is that type.
    fn join_same_variants(&mut self, error: &mut Option<Ty>) {
        for def in &mut self.defs {
            if let Kind::Union(union) = &mut def.kind
                && union.tag.is_none()
            {
                let mut seen = BTreeSet::new();
                union.variants.retain(|variant| seen.insert(variant.ty.clone()));
            }
        }
        let Some(Kind::Union(union)) = error.as_ref().and_then(Ty::inline_id).and_then(|id| self.kind_of(id))
        else {
            return;
        };
        if let [only] = union.variants.as_slice()
            && self.structure_of(&only.ty).is_some()
        {
            *error = Some(only.ty.clone());
        }
    }

    fn follow_aliases(&mut self, endpoints: &mut [Endpoint], error: &mut Option<Ty>) {
        let mut ids = BTreeMap::new();
        for id in 0..self.defs.len() {
            let mut ty = Ty::Def(id);
            for _ in 0..16 {
                let Ty::Def(next) = ty.without_null().0 else { break };
                let Some(Kind::Alias(other)) = self.defs.get(*next).map(|def| &def.kind) else { break };
                ty = if ty.without_null().1 { other.clone().nullable() } else { other.clone() };
            }
            if ty != Ty::Def(id) {
                ids.insert(id, ty);
            }
        }
        // An alias of a list of an alias takes two rounds.
        for _ in 0..4 {
            self.replace(&ids, endpoints, error);
        }
    }

    fn replace(&mut self, ids: &BTreeMap<Id, Ty>, endpoints: &mut [Endpoint], error: &mut Option<Ty>) {
        for def in &mut self.defs {
            def.kind.types_mut().into_iter().for_each(|ty| ty.replace(ids));
        }
        for endpoint in endpoints {
            endpoint.types_mut().into_iter().for_each(|ty| ty.replace(ids));
        }
        if let Some(ty) = error {
            ty.replace(ids);
        }
        for paging in &mut self.pagings {
            if let Some(Ty::Def(id)) = ids.get(&paging.ty) {
                paging.ty = *id;
            }
        }
    }

    /// Replaces inline types that are described twice by one; whether there was one.
    fn merge_repeated(&mut self, endpoints: &mut [Endpoint], error: &mut Option<Ty>) -> bool {
        let mut first: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        let mut ids = BTreeMap::new();
        // Named types come first, so that an inline copy of one takes its name; the shorter name is the plainer one.
        let (mut named, inline): (Vec<Id>, Vec<Id>) = (0..self.defs.len()).partition(|id| self.is_named(*id));
        named.sort_by_key(|id| self.own_words(*id).len());
        for id in named.into_iter().chain(inline) {
            let Some(def) = self.defs.get(id) else { continue };
            if matches!(def.kind, Kind::Alias(_) | Kind::Pending) {
                continue;
            }
            let same = first.entry(shape(&def.kind)).or_default();
            match same.iter().find(|earlier| self.is_same(**earlier, id)) {
                Some(earlier) => {
                    ids.insert(id, Ty::Def(*earlier));
                }
                None => same.push(id),
            }
        }
        for (id, ty) in &ids {
            let Some(def) = self.defs.get_mut(*id) else { continue };
            def.kind = Kind::Alias(ty.clone());
            let more = [vec![def.origin.clone()], std::mem::take(&mut def.repeated)].concat();
            if let Ty::Def(kept) = ty
                && let Some(def) = self.defs.get_mut(*kept)
            {
                def.repeated.extend(more);
            }
        }
        self.replace(&ids, endpoints, error);
        !ids.is_empty()
    }

    fn own_words(&self, id: Id) -> &[String] {
        match self.defs.get(id).map(|def| &def.origin) {
            Some(Origin::Named(words) | Origin::Member { words, .. } | Origin::Operation { words, .. }) => {
                words
            }
            None => &[],
        }
    }

    fn is_named(&self, id: Id) -> bool {
        self.defs.get(id).is_some_and(|def| matches!(def.origin, Origin::Named(_)))
    }

    /// Whether two types of one shape are one type. A small shape is shared by chance, unless the names agree.
    fn is_same(&self, first: Id, second: Id) -> bool {
        let (words, more) = (self.own_words(first), self.own_words(second));
        if self.is_named(second) {
            // `BetaResponse` is a twin of `Response`.
            return words.len() < more.len() && words.iter().all(|word| more.contains(word));
        }
        let size = match self.defs.get(first).map(|def| &def.kind) {
            Some(Kind::Struct(found)) => found.fields.len(),
            Some(Kind::Enum(values)) => values.len(),
            _ => usize::MAX,
        };
        size > 2 || words == more
    }

    /// Marks who uses each type; `file_of` tells the file of an endpoint.
    pub(super) fn mark(&mut self, endpoints: &[Endpoint], file_of: &[usize], error: Option<&Ty>) {
        loop {
            for def in &mut self.defs {
                def.used = super::types::Used::default();
                if let Kind::Struct(found) = &mut def.kind {
                    found.tags.clear();
                }
            }
            for (endpoint, file) in endpoints.iter().zip(file_of) {
                self.mark_endpoint(endpoint, *file);
            }
            while self.mark_one_sided() {}
            if let Some(ty) = error {
                self.mark_ty(ty, Use { request: false, serialized: false, file: usize::MAX }, true);
            }
            if !self.tags_that_hide() {
                break;
            }
        }
        self.drop_tags();
        self.drop_empty_variants();
    }

    /// A type that is sent and received writes and reads all its members; whether a mark was missing.
    fn mark_one_sided(&mut self) -> bool {
        let before: Vec<super::types::Used> = self.defs.iter().map(|def| def.used.clone()).collect();
        for (id, used) in before.iter().enumerate().filter(|(_, used)| used.request && used.response) {
            let Some(Kind::Struct(found)) = self.defs.get(id).map(|def| &def.kind) else { continue };
            let one_sided = found.fields.iter().filter(|field| field.read_only || field.write_only);
            let types: Vec<Ty> = one_sided.map(|field| field.ty.clone()).collect();
            for (ty, file) in types.iter().flat_map(|ty| used.files.iter().map(move |file| (ty, *file))) {
                self.mark_ty(ty, Use { request: true, serialized: used.serialized, file }, true);
                self.mark_ty(ty, Use { request: false, serialized: false, file }, true);
            }
        }
        self.defs.iter().zip(&before).any(|(def, before)| def.used != *before)
    }

    fn mark_endpoint(&mut self, endpoint: &Endpoint, file: usize) {
        for argument in &endpoint.arguments {
            if let ArgTy::Lent(ty) | ArgTy::Given(ty) = &argument.ty {
                let serialized = argument.attribute.contains("json") || argument.attribute.contains("form");
                self.mark_ty(ty, Use { request: true, serialized, file }, true);
                if let Some(def) = ty.inline_id().and_then(|id| self.defs.get_mut(id)) {
                    def.used.argument = true;
                }
                if !serialized {
                    self.mark_scalar(ty);
                }
            }
        }
        if let Some(ty) = endpoint.returns.ty() {
            self.mark_ty(ty, Use { request: false, serialized: false, file }, true);
        }
    }

    fn mark_scalar(&mut self, ty: &Ty) {
        for id in ty.ids() {
            let Some(def) = self.defs.get_mut(id) else { continue };
            match &def.kind {
                Kind::Enum(_) => def.used.scalar = true,
                Kind::Struct(found) if found.is_query => {
                    let types: Vec<Ty> = found.fields.iter().map(|field| field.ty.clone()).collect();
                    types.iter().for_each(|ty| self.mark_scalar(ty));
                }
                _ => {}
            }
        }
    }

    fn mark_ty(&mut self, ty: &Ty, by: Use, alone: bool) {
        for id in ty.ids() {
            let Some(def) = self.defs.get_mut(id) else { continue };
            let used = &mut def.used;
            let known = (if by.request {
                used.request && (used.serialized || !by.serialized)
            } else {
                used.response
            }) && used.files.contains(&by.file)
                && (used.alone || !alone);
            if known {
                continue;
            }
            used.request |= by.request;
            used.response |= !by.request;
            used.serialized |= by.serialized;
            used.alone |= alone;
            if !used.files.contains(&by.file) {
                used.files.push(by.file);
            }
            let tagged: Vec<Id> = match &def.kind {
                Kind::Union(union) => {
                    union.tagged().filter_map(|(variant, _)| variant.ty.inline_id()).collect()
                }
                _ => Vec::new(),
            };
            let as_json: Vec<Ty> = match &def.kind {
                Kind::Struct(found) if by.request => {
                    let fields = found.fields.iter().filter(|field| field.style == Some("json"));
                    fields.map(|field| field.ty.clone()).collect()
                }
                _ => Vec::new(),
            };
            let below: Vec<Ty> = match &def.kind {
                // What is not sent or not received is not a use.
                Kind::Struct(found) => {
                    let fields = found
                        .fields
                        .iter()
                        .filter(|field| if by.request { !field.read_only } else { !field.write_only });
                    fields.map(|field| &field.ty).chain(&found.rest).chain(&found.variants).cloned().collect()
                }
                kind => kind.types().into_iter().cloned().collect(),
            };
            as_json.iter().for_each(|ty| self.mark_ty(ty, Use { serialized: true, ..by }, true));
            for ty in &below {
                self.mark_ty(ty, by, !ty.inline_id().is_some_and(|id| tagged.contains(&id)));
            }
        }
    }

    /// Pairs of types of which the first holds the second in place, and the second the first.
    pub(super) fn circles(&self) -> BTreeSet<(Id, Id)> {
        let edges: Vec<Vec<Id>> = self
            .defs
            .iter()
            .map(|def| def.kind.types().iter().filter_map(|ty| ty.inline_id()).collect())
            .collect();
        let reaches = |from: Id, to: Id| {
            let (mut waiting, mut seen) = (vec![from], BTreeSet::new());
            while let Some(next) = waiting.pop() {
                if next == to {
                    return true;
                }
                if seen.insert(next) {
                    waiting.extend(edges.get(next).into_iter().flatten());
                }
            }
            false
        };
        let mut circles = BTreeSet::new();
        for (from, targets) in edges.iter().enumerate() {
            circles.extend(targets.iter().filter(|to| reaches(**to, from)).map(|to| (from, *to)));
        }
        circles
    }
}

/// What two types have in common if they are the same: everything but names and docs.
fn shape(kind: &Kind) -> String {
    match kind {
        Kind::Struct(found) => {
            let fields: Vec<String> = found
                .fields
                .iter()
                .map(|field| {
                    let sides = (field.required, field.read_only, field.write_only);
                    format!("{}:{:?}:{sides:?}:{:?}", field.wire, field.ty, field.style)
                })
                .collect();
            format!("{} {fields:?} {:?} {:?}", found.is_query, found.rest, found.variants)
        }
        Kind::Enum(values) => format!("{values:?}"),
        Kind::Union(union) => {
            let variants: Vec<_> =
                union.variants.iter().map(|variant| (&variant.ty, &variant.values)).collect();
            format!("{:?} {variants:?}", union.tag)
        }
        Kind::Alias(_) | Kind::Pending => String::new(),
    }
}

impl Endpoint {
    pub(super) fn types_mut(&mut self) -> Vec<&mut Ty> {
        let arguments = self.arguments.iter_mut().filter_map(|argument| match &mut argument.ty {
            ArgTy::Lent(ty) | ArgTy::Given(ty) => Some(ty),
            _ => None,
        });
        arguments.chain(self.returns.ty_mut()).collect()
    }
}

impl Returns {
    pub(super) fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Fixed(_) => None,
            Self::Json(ty)
            | Self::Maybe(ty)
            | Self::Events(ty)
            | Self::JsonLines(ty)
            | Self::Pages(ty)
            | Self::Listed(ty) => Some(ty),
        }
    }

    fn ty_mut(&mut self) -> Option<&mut Ty> {
        match self {
            Self::Fixed(_) => None,
            Self::Json(ty)
            | Self::Maybe(ty)
            | Self::Events(ty)
            | Self::JsonLines(ty)
            | Self::Pages(ty)
            | Self::Listed(ty) => Some(ty),
        }
    }
}
