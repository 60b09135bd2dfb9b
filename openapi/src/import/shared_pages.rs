//! Pages that differ in nothing but their items are one type: `NextPage<T>`.

use std::collections::BTreeMap;

use super::convert::Types;
use super::names::words;
use super::operations::{ArgTy, Endpoint};
use super::paging::{Paging, Scheme};
use super::returns::Returns;
use super::types::{Def, Field, Id, Kind, Origin, Struct, Ty, Used};

impl Types<'_> {
    /// Makes one of pages of one shape. Those that are something else as well stay as they are.
    pub(super) fn share_pages(&mut self, endpoints: &mut [Endpoint]) {
        let mut groups: BTreeMap<String, Vec<Paging>> = BTreeMap::new();
        for paging in &self.pagings {
            if let Some(shape) = self.page_shape(paging).filter(|_| self.is_page_only(paging.ty, endpoints)) {
                groups.entry(shape).or_default().push(paging.clone());
            }
        }
        // Of those that would have one name, the largest is shared.
        let mut largest: BTreeMap<Vec<String>, Vec<Paging>> = BTreeMap::new();
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let Some(name) = group.first().map(|first| called(&first.scheme)) else { continue };
            let known = largest.entry(name).or_default();
            if group.len() > known.len() {
                *known = group;
            }
        }
        for (name, group) in largest {
            self.share(name, &group, endpoints);
        }
    }

    fn page_struct(&self, id: Id) -> Option<&Struct> {
        match self.kind_of(id)? {
            Kind::Struct(found) if found.rest.is_none() && found.variants.is_none() => Some(found),
            _ => None,
        }
    }

    /// What pages have in common that can be one type: how they go on, and all members but the items.
    fn page_shape(&self, paging: &Paging) -> Option<String> {
        if matches!(paging.scheme, Scheme::LastId { .. }) {
            // It asks the items.
            return None;
        }
        let found = self.page_struct(paging.ty)?;
        let mut members: Vec<(&str, String)> = Vec::new();
        for field in &found.fields {
            let ty = if field.wire == paging.items {
                "items".to_owned()
            } else {
                format!("{:?}", field.ty.without_null().0)
            };
            members.push((&field.wire, ty));
        }
        members.sort();
        item_of(found, paging).map(|_| format!("{:?} {} {members:?}", paging.scheme, paging.items))
    }

    fn is_page_only(&self, id: Id, endpoints: &[Endpoint]) -> bool {
        let is_it = |ty: &Ty| ty.ids().contains(&id);
        let is_given = |ty: &ArgTy| matches!(ty, ArgTy::Lent(ty) | ArgTy::Given(ty) if is_it(ty));
        let is_other = |endpoint: &Endpoint| {
            endpoint.arguments.iter().any(|argument| is_given(&argument.ty))
                || endpoint.returns.ty().is_some_and(is_it) && endpoint.returns != Returns::Pages(Ty::Def(id))
        };
        let is_used = endpoints.iter().any(|endpoint| endpoint.returns == Returns::Pages(Ty::Def(id)));
        let is_held = self.defs.iter().any(|def| def.kind.types().into_iter().any(is_it));
        is_used && !is_held && !endpoints.iter().any(is_other)
    }

    fn share(&mut self, name: Vec<String>, group: &[Paging], endpoints: &mut [Endpoint]) {
        let Some(first) = group.first() else { return };
        let Some(mut page) = self.page_struct(first.ty).cloned() else { return };
        for field in &mut page.fields {
            let all: Vec<&Field> = group
                .iter()
                .filter_map(|paging| {
                    self.page_struct(paging.ty)?.fields.iter().find(|other| other.wire == field.wire)
                })
                .collect();
            field.required = all.iter().all(|other| other.required);
            if all.iter().any(|other| other.ty.without_null().1) {
                field.ty = field.ty.clone().nullable();
            }
            if all.iter().any(|other| other.docs != field.docs) {
                field.docs.clear();
            }
            if field.wire == first.items {
                let list = Ty::List(Box::new(Ty::Item));
                field.ty = if field.ty.without_null().1 { list.nullable() } else { list };
            }
        }
        let shared = self.defs.len();
        self.defs.push(Def {
            origin: Origin::Named(name),
            docs: "A page of a list.".to_owned(),
            deprecated: false,
            kind: Kind::Struct(page),
            used: Used::default(),
            repeated: Vec::new(),
        });
        for endpoint in endpoints {
            let Returns::Pages(Ty::Def(id)) = endpoint.returns else { continue };
            let Some(paging) = group.iter().find(|paging| paging.ty == id) else { continue };
            let item = self.page_struct(id).and_then(|found| item_of(found, paging)).cloned();
            if let Some(item) = item {
                endpoint.returns = Returns::Pages(Ty::Page(shared, Box::new(item)));
            }
        }
        self.pagings.push(Paging { ty: shared, ..first.clone() });
    }
}

fn item_of<'s>(found: &'s Struct, paging: &Paging) -> Option<&'s Ty> {
    let items = found.fields.iter().find(|field| field.wire == paging.items)?;
    match items.ty.without_null().0 {
        Ty::List(item) => Some(item),
        _ => None,
    }
}

/// `NextCursorPage`: by the member that leads on.
fn called(scheme: &Scheme) -> Vec<String> {
    let mut name = match scheme {
        Scheme::Token { member, .. } => words(member),
        Scheme::NextUrl { .. } => words("next url"),
        Scheme::LastId { .. } => words("last id"),
        Scheme::Counter { by_items: true, .. } => words("offset"),
        Scheme::Counter { by_items: false, .. } => words("numbered"),
    };
    name.retain(|word| word != "page");
    name.push("page".to_owned());
    name
}
