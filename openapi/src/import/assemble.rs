//! Puts printed items into files of at most [`MAX_LINES`] lines.

use std::collections::BTreeMap;

use super::files::{MAX_LINES, Module, RESERVE, SHARED, import, module_files, order_of_use};
use super::layout::{Group, home};
use super::names::snake;
use super::operations::{Auth, Endpoint};
use super::plan::Plan;
use super::print::{self, Chunk, Needs, Printer};
use super::types::{Id, Ty};
use super::{Imported, ImportedFile, Snippet};

pub(super) fn assemble(plan: &mut Plan<'_>) -> Imported {
    let circles = plan.types.circles();
    let printer = Printer { types: &plan.types, names: &plan.names, circles: &circles, has_setters: true };
    let single = plan.layout.groups.len() == 1;
    let mut modules: Vec<Module> = plan
        .layout
        .modules
        .iter()
        .map(|name| Module { name: name.clone(), traits: Vec::new(), items: Vec::new(), docs: String::new() })
        .collect();
    let mut operations = Vec::new();
    for group in &plan.layout.groups {
        let methods = methods(plan, group);
        operations.extend(
            methods
                .iter()
                .map(|(endpoint, name)| (endpoint.title.clone(), format!("{}::{name}", group.name))),
        );
        let base = plan.base.as_deref().filter(|_| single);
        if let (Some(module), false) = (modules.get_mut(group.module), methods.is_empty()) {
            module.traits.push(print::trait_(&printer, group, &methods, base));
            if module.docs.is_empty() {
                module.docs = super::docs::sentence(&format!("{}.", module.name.replace('_', " ")), 200);
            }
        }
    }
    let mut shared = Module {
        name: SHARED.to_owned(),
        traits: Vec::new(),
        items: Vec::new(),
        docs: "Types that several modules use.".to_owned(),
    };
    let mut homes = BTreeMap::new();
    for id in order(plan, plan.error.as_ref()) {
        let Some(chunk) = chunk(&printer, plan, id) else { continue };
        let module = match home(&plan.types, id).and_then(|index| modules.get_mut(index)) {
            Some(module) => module,
            None => &mut shared,
        };
        homes.insert(id, module.name.clone());
        module.items.push((id, chunk));
    }
    modules.push(shared);
    modules.retain(|module| !module.traits.is_empty() || !module.items.is_empty());
    let files = all_files(plan, &printer, &modules, &homes, single);
    Imported {
        files,
        operations,
        notes: plan.notes(),
        root: if single {
            plan.layout.groups.first().map_or_else(String::new, |group| group.name.clone())
        } else {
            plan.root.clone()
        },
    }
}

/// The files of all modules, and those that lead to them.
fn all_files(
    plan: &Plan<'_>,
    printer: &Printer<'_, '_>,
    modules: &[Module],
    homes: &BTreeMap<Id, String>,
    single: bool,
) -> Vec<ImportedFile> {
    let traits = || modules.iter().flat_map(|module| &module.traits);
    let listed = traits().any(|chunk| chunk.needs.root.contains("Listed"));
    let mut files: Vec<ImportedFile> =
        modules.iter().flat_map(|module| module_files(module, homes, &plan.names)).collect();
    files.extend(roots(plan, printer, modules, single, listed));
    files
}

/// The endpoints of a group and their names.
pub(super) fn methods<'p>(plan: &'p Plan<'_>, group: &Group) -> Vec<(&'p Endpoint, String)> {
    let find = |index: &usize| plan.endpoints.iter().find(|endpoint| endpoint.operation == *index);
    let name = |endpoint: &Endpoint| plan.methods.get(&endpoint.operation).cloned().unwrap_or_default();
    group.operations.iter().filter_map(find).map(|endpoint| (endpoint, name(endpoint))).collect()
}

/// Types in the order in which the endpoints lead to them.
fn order(plan: &Plan<'_>, error: Option<&Ty>) -> Vec<Id> {
    fn visit(plan: &Plan<'_>, ty: &Ty, order: &mut Vec<Id>, seen: &mut Vec<bool>) {
        for id in ty.ids() {
            if let Some(seen) = seen.get_mut(id).filter(|seen| !**seen) {
                *seen = true;
            } else {
                continue;
            }
            order.push(id);
            let below: Vec<Ty> = plan
                .types
                .defs
                .get(id)
                .map(|def| def.kind.types().into_iter().cloned().collect())
                .unwrap_or_default();
            below.iter().for_each(|ty| visit(plan, ty, order, seen));
        }
    }
    let (mut order, mut seen) = (Vec::new(), vec![false; plan.types.defs.len()]);
    for endpoint in &plan.endpoints {
        let arguments = endpoint.arguments.iter().filter_map(|argument| match &argument.ty {
            super::operations::ArgTy::Lent(ty) | super::operations::ArgTy::Given(ty) => Some(ty),
            _ => None,
        });
        for ty in arguments.chain(endpoint.returns.ty()) {
            visit(plan, ty, &mut order, &mut seen);
        }
    }
    if let Some(ty) = error {
        visit(plan, ty, &mut order, &mut seen);
    }
    order.retain(|id| plan.names.get(*id).is_some_and(|name| !name.is_empty()));
    order
}

/// A type, with what makes it a page or the error of the API.
fn chunk(printer: &Printer<'_, '_>, plan: &Plan<'_>, id: Id) -> Option<Chunk> {
    let mut chunk = print::item(printer, id, true)?;
    if chunk.lines() + RESERVE > MAX_LINES {
        // A file that a person can read is worth more than what the document has as well.
        chunk = print::item(printer, id, false)?;
    }
    let is_paged = |endpoint: &Endpoint| matches!(&endpoint.returns, super::returns::Returns::Pages(Ty::Def(other) | Ty::Page(other, _)) if *other == id);
    if let (Some(paging), true) =
        (plan.types.pagings.iter().find(|paging| paging.ty == id), plan.endpoints.iter().any(is_paged))
    {
        chunk.text.extend(print::page(printer, paging, &mut chunk.needs).map(|text| format!("\n{text}")));
    }
    if plan.error == Some(Ty::Def(id)) {
        chunk.text.extend(print::display(printer, id, &mut chunk.needs).map(|text| format!("\n{text}")));
    }
    chunk.needs.ids.remove(&id);
    Some(chunk)
}

/// `mod.rs`, and the trait that leads to the others.
fn roots(
    plan: &Plan<'_>,
    printer: &Printer<'_, '_>,
    modules: &[Module],
    single: bool,
    listed: bool,
) -> Vec<ImportedFile> {
    let mut mods: Vec<String> = modules.iter().map(|module| module.name.clone()).collect();
    let mut text =
        format!("//! {}\n", super::docs::sentence(&format!("{}.", plan.docs.replace('\n', " ")), 200));
    let allows = "\n// Arguments and variants are as many and as large as the document has them.\n#![allow(clippy::too_many_arguments, clippy::large_enum_variant)]\n";
    text.push_str(allows);
    text.push('\n');
    let has_pages =
        modules.iter().flat_map(|module| &module.traits).any(|chunk| chunk.needs.root.contains("Pages"));
    let groups: Vec<&Group> =
        plan.layout.groups.iter().filter(|group| !methods(plan, group).is_empty()).collect();
    if !single && !groups.is_empty() {
        mods.push("root".to_owned());
    }
    mods.sort();
    let items = || modules.iter().flat_map(|module| &module.items);
    if items().any(|(_, chunk)| chunk.text.contains("\nsetters!(")) {
        text.push_str(print::SETTERS);
        text.push('\n');
    }
    for name in &mods {
        let visibility = if name == "root" { "" } else { "pub " };
        text.push_str(&format!("{visibility}mod {};\n", super::names::raw(name)));
    }
    let exported =
        if mods.contains(&"root".to_owned()) { Some(("root", &plan.root)) } else { only(plan, &groups) };
    if let Some((module, name)) = exported {
        text.push_str(&format!("\npub use self::{}::{{{name}, {name}Client}};\n", super::names::raw(module)));
    }
    let mut needs = Needs::default();
    let error = match &plan.error {
        Some(Ty::Def(id)) => {
            let name = printer.name(*id, &mut needs);
            format!("declarest::ApiError<types::{name}>")
        }
        _ => "declarest::Error".to_owned(),
    };
    text.push_str(&format!(
        "\n/// Why a call failed, and what the server says.\npub type Error = {error};\n"
    ));
    text.push_str("/// A call of this API.\npub type Call<T> = declarest::Call<T, Error>;\n");
    if has_pages {
        text.push_str("/// A list of this API.\npub type Pages<P> = declarest::Pages<P, Error>;\n");
    }
    if listed {
        text.push_str(&format!("\n{}", print::listed()));
        text = text.replacen("\npub mod", "\nuse serde::Deserialize;\n\npub mod", 1);
    }
    let mut files = vec![ImportedFile { path: "mod.rs".to_owned(), text }];
    if mods.contains(&"root".to_owned()) {
        files.push(root(plan, &groups));
    }
    files
}

/// The module and the name of the only trait.
fn only<'p>(plan: &'p Plan<'_>, groups: &[&'p Group]) -> Option<(&'p str, &'p String)> {
    let [group] = groups else { return None };
    Some((plan.layout.modules.get(group.module)?, &group.name))
}

/// The methods of the root that lead to the other traits.
pub(super) fn nests<'g>(groups: &[&'g Group]) -> Vec<(&'g Group, String)> {
    let mut names = super::names::Names::reserved(["new", "clone", "builder", "client"]);
    groups.iter().map(|group| (*group, names.take([snake(&group.words)]))).collect()
}

fn root(plan: &Plan<'_>, groups: &[&Group]) -> ImportedFile {
    let mut imports: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for group in groups {
        let module = plan.layout.modules.get(group.module).map_or("", String::as_str);
        imports
            .entry(format!("super::{}", super::names::raw(module)))
            .or_default()
            .push(format!("{}Client", group.name));
    }
    let nests = nests(groups);
    let mut uses: Vec<String> =
        imports.into_iter().filter_map(|(path, names)| import(&path, names)).collect();
    uses.sort_by_key(|path| order_of_use(path));
    let docs = super::docs::sentence(&format!("{}.", plan.docs.replace('\n', " ")), 200);
    let text = print::root(&plan.root, &docs, plan.base.as_deref(), &nests);
    ImportedFile {
        path: "root.rs".to_owned(),
        text: format!("//! The way to all endpoints.\n\nuse declarest::api;\n\n{}\n{text}", uses.concat()),
    }
}

/// Methods and types without files around them.
pub(super) fn snippet(plan: &Plan<'_>, known: &[String]) -> Snippet {
    let circles = plan.types.circles();
    let printer = Printer { types: &plan.types, names: &plan.names, circles: &circles, has_setters: false };
    let mut needs = Needs::default();
    let mut snippet = Snippet::default();
    let mut texts = Vec::new();
    for group in &plan.layout.groups {
        for (endpoint, name) in methods(plan, group) {
            texts.push(print::method(&printer, endpoint, &name, Auth::Client, &mut needs));
            let template = format!("{}({:?}", endpoint.verb, endpoint.path);
            snippet.methods.push((name, template));
        }
    }
    let is_missing = |id: &Id| plan.names.get(*id).is_some_and(|name| !known.contains(name));
    let chunks = order(plan, None).into_iter().filter(is_missing).filter_map(|id| chunk(&printer, plan, id));
    let chunks: Vec<Chunk> = chunks.collect();
    for chunk in &chunks {
        needs.ids.extend(&chunk.needs.ids);
        needs.runtime.extend(&chunk.needs.runtime);
        needs.serde.extend(&chunk.needs.serde);
        needs.map |= chunk.needs.map;
    }
    let missing: Vec<&str> = chunks.iter().map(|chunk| chunk.name.as_str()).collect();
    snippet.uses.extend(needs.map.then(|| "std::collections::BTreeMap".to_owned()));
    snippet.uses.extend(needs.runtime.iter().map(|name| format!("declarest::{name}")));
    snippet.uses.extend(needs.serde.iter().map(|name| format!("serde::{name}")));
    let named = needs.ids.iter().filter_map(|id| plan.names.get(*id));
    let named = named.filter(|name| !missing.contains(&name.as_str())).cloned();
    snippet.names = needs.root.iter().map(|name| (*name).to_owned()).chain(named).collect();
    let items: Vec<&str> = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    (snippet.endpoints, snippet.items) = (texts.join("\n"), items.join("\n"));
    snippet
}
