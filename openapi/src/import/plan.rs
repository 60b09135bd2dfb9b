//! What an import consists of, before it is printed.

use std::collections::{BTreeMap, BTreeSet};

use super::convert::Types;
use super::layout::{Layout, layout};
use super::methods::{self, Candidate};
use super::names::{Names, camel, snake, words};
use super::naming::{self, Called};
use super::operations::Endpoint;
use super::types::{Origin, Ty};
use super::{Import, Note};
use crate::document::Document;
use crate::model::{Model, Operation};

/// All that is printed.
pub(super) struct Plan<'d> {
    pub(super) types: Types<'d>,
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) layout: Layout,
    /// Methods by the index of their operation.
    pub(super) methods: BTreeMap<usize, String>,
    /// Names of types by their index.
    pub(super) names: Vec<String>,
    /// The type of error bodies.
    pub(super) error: Option<Ty>,
    pub(super) root: String,
    pub(super) docs: String,
    pub(super) base: Option<String>,
    problems: Vec<Note>,
}

impl Plan<'_> {
    pub(super) fn notes(&self) -> Vec<Note> {
        self.problems.iter().chain(&self.types.notes).cloned().collect()
    }
}

pub(super) fn plan<'d>(import: &'d Import<'d>) -> Plan<'d> {
    let model = crate::read::read(import.document);
    let mut problems: Vec<Note> =
        model.problems.iter().map(|problem| note(&problem.pointer, &problem.message)).collect();
    let chosen: Vec<&Operation<'d>> =
        model.operations.iter().filter(|operation| is_chosen(import, operation)).collect();
    problems.extend(idle(import, &model));
    let mut types = Types::new(import.document, &import.config);
    types.has_links = super::pages::has_links(&chosen);
    let mut names = naming::reserved();
    let root = root_name(import, &model, &mut names);
    let component_names = component_names(import.document);
    let mut layout = layout(&root, &chosen, &model.tags, &component_names, &mut names);
    // An API of one trait without tags has the name of the API.
    if let ([only], true) =
        (layout.groups.as_mut_slice(), chosen.iter().all(|operation| operation.tags.is_empty()))
    {
        only.name.clone_from(&root);
    }
    let (methods, of_operation) = method_names(import, &chosen, &layout);
    let (mut endpoints, left_out) = endpoints(&mut types, &chosen);
    problems.extend(left_out);
    let mut error = super::errors::error_type(&mut types, &chosen);
    types.settle(&mut endpoints, &mut error);
    types.share_pages(&mut endpoints);
    problems.extend(drop_twins(&mut endpoints, &chosen));
    describe(&mut types, &methods);
    let modules = layout.module_of(&endpoints);
    types.mark(&endpoints, &modules, error.as_ref());
    let type_names = naming::of_types(&types, &of_operation, &mut names, &import.config);
    let base =
        import.config.base.clone().or_else(|| model.servers.iter().find(|url| url.contains("://")).cloned());
    let docs = if model.title.is_empty() { root.clone() } else { model.title.to_owned() };
    problems.extend(other_servers(&chosen, base.as_deref()));
    // A part of a document has no use for all that is said of the whole.
    if import.tags.is_empty() && import.operations.is_empty() {
        problems.extend(super::config::unused(&import.config, &chosen, &type_names.chosen));
    }
    Plan {
        types,
        endpoints,
        layout,
        methods,
        names: type_names.names,
        error,
        root,
        docs,
        base: base.filter(|base| is_base(base)),
        problems,
    }
}

/// The titles of the chosen operations.
pub(super) fn titles(import: &Import<'_>) -> Vec<String> {
    let model = crate::read::read(import.document);
    let chosen = model.operations.iter().filter(|operation| is_chosen(import, operation));
    chosen.map(Operation::title).collect()
}

/// Whether a base URL is one that the macro takes.
fn is_base(base: &str) -> bool {
    (base.starts_with("https://") || base.starts_with("http://"))
        && !base.contains(['{', '}', '?', '#', ' ', '"', '\\'])
}

fn note(pointer: &str, message: &str) -> Note {
    Note {
        pointer: pointer.to_owned(),
        message: message.to_owned(),
        operation: String::new(),
        left_out: false,
    }
}

fn is_chosen(import: &Import<'_>, operation: &Operation<'_>) -> bool {
    let tag = import.tags.is_empty()
        || operation.tags.iter().any(|tag| import.tags.iter().any(|wanted| wanted == tag));
    let title = operation.title();
    let named = |wanted: &String| is_named(wanted, &title, operation.id);
    tag && (import.operations.is_empty() || import.operations.iter().any(named))
}

/// Whether `POST /path` or an operation's id names an operation.
fn is_named(wanted: &str, title: &str, id: Option<&str>) -> bool {
    let wanted = wanted.trim();
    let same_title = match (wanted.split_once(char::is_whitespace), title.split_once(' ')) {
        (Some((method, path)), Some((own, own_path))) => {
            method.eq_ignore_ascii_case(own) && path.trim() == own_path
        }
        _ => false,
    };
    same_title || id == Some(wanted)
}

/// Choices that nothing of the document fits.
fn idle(import: &Import<'_>, model: &Model<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    for tag in &import.tags {
        if !model.operations.iter().any(|operation| operation.tags.contains(&tag.as_str())) {
            notes.push(note("/paths", &format!("no operation has the tag `{tag}`")));
        }
    }
    for wanted in &import.operations {
        if !model.operations.iter().any(|operation| is_named(wanted, &operation.title(), operation.id)) {
            notes.push(note(
                "/paths",
                &format!(
                    "no operation is `{wanted}`: write `POST /path` as the document does, or an `operationId`"
                ),
            ));
        }
    }
    notes
}

/// Operations that the document serves elsewhere.
fn other_servers(chosen: &[&Operation<'_>], base: Option<&str>) -> Vec<Note> {
    let elsewhere = |operation: &&&Operation<'_>| {
        !operation.servers.is_empty()
            && !base.is_some_and(|base| operation.servers.iter().any(|server| server == base))
    };
    let note = |operation: &&Operation<'_>| {
        let servers = operation.servers.join(", ");
        note(
            &operation.pointer,
            &format!("{} is at {servers}: call it with a client for that host", operation.title()),
        )
    };
    let found: Vec<&&Operation<'_>> = chosen.iter().filter(elsewhere).collect();
    // The whole document names its hosts path by path.
    if base.is_none() && found.len() == chosen.len() {
        Vec::new()
    } else {
        found.into_iter().map(note).collect()
    }
}

/// The name of the API: what the user says, or the title without words that all titles have.
fn root_name(import: &Import<'_>, model: &Model<'_>, names: &mut Names) -> String {
    const NOISE: [&str; 14] = [
        "api",
        "rest",
        "openapi",
        "specification",
        "spec",
        "public",
        "the",
        "http",
        "swagger",
        "v1",
        "v2",
        "v3",
        "reference",
        "documentation",
    ];
    let all = words(import.config.name.as_deref().unwrap_or(model.title));
    // "Spotify Web API with fixes": what follows is not the name.
    let before: Vec<String> = all.iter().take_while(|word| *word != "api").cloned().collect();
    let is_noise = |words: &[String]| words.iter().all(|word| NOISE.contains(&word.as_str()));
    let titled = if is_noise(&before) { &all } else { &before };
    let said: Vec<String> =
        titled.iter().filter(|word| !NOISE.contains(&word.as_str())).take(4).cloned().collect();
    let said = if import.config.name.is_some() { all.clone() } else { said };
    let plain = if said.is_empty() { "Api".to_owned() } else { camel(&said) };
    let name = names.take([plain.clone(), format!("{plain}Api")]);
    names.take([format!("{name}Client")]);
    name
}

/// Names of schemas, which traits leave to them.
fn component_names(document: &Document) -> Names {
    let schemas =
        ["/components/schemas", "/definitions"].iter().filter_map(|at| document.get(at)?.as_object());
    let names: Vec<String> = schemas.flatten().map(|(name, _)| camel(&words(name))).collect();
    Names::reserved(names.iter().map(String::as_str))
}

fn method_names(
    import: &Import<'_>,
    chosen: &[&Operation<'_>],
    layout: &Layout,
) -> (BTreeMap<usize, String>, Vec<Called>) {
    let mut all = BTreeMap::new();
    let mut of_operation = vec![Called::default(); chosen.len()];
    for group in &layout.groups {
        let mut names = Names::default();
        let chosen = |index: &usize| chosen.get(*index).map(|operation| (*index, *operation));
        let (long, plain): (Vec<_>, Vec<_>) = group
            .operations
            .iter()
            .filter_map(chosen)
            .partition(|(_, operation)| methods::is_long(operation));
        let name = |candidate: &Candidate| snake(&candidate.method);
        let all_candidates: Vec<(usize, Vec<Candidate>)> = plain
            .into_iter()
            .chain(long)
            .map(|(index, operation)| (index, methods::of_method(operation, &group.words, &import.config)))
            .collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (_, candidates) in &all_candidates {
            let own: BTreeSet<String> = candidates.iter().map(name).collect();
            own.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
        }
        for (index, mut candidates) in all_candidates {
            candidates.retain(|one| !one.is_cut || counts.get(&name(one)).is_none_or(|count| *count < 2));
            let taken = names.take(candidates.iter().map(name));
            let chosen = candidates.into_iter().find(|candidate| name(candidate) == taken);
            if let Some(slot) = of_operation.get_mut(index) {
                slot.tag.clone_from(&group.words);
                slot.types = match chosen {
                    Some(candidate) => candidate.types,
                    None => methods::type_words(&words(&taken), &group.words),
                };
            }
            all.insert(index, taken);
        }
    }
    (all, of_operation)
}

/// Converts the operations; those that cannot be expressed become notes.
fn endpoints<'d>(types: &mut Types<'d>, chosen: &[&Operation<'d>]) -> (Vec<Endpoint>, Vec<Note>) {
    let (mut endpoints, mut notes): (Vec<Endpoint>, Vec<Note>) = (Vec::new(), Vec::new());
    for (index, operation) in chosen.iter().enumerate() {
        match types.endpoint(index, operation) {
            Ok(endpoint) => endpoints.push(endpoint),
            Err(message) => notes.push(Note {
                pointer: operation.pointer.clone(),
                message,
                operation: operation.title(),
                left_out: true,
            }),
        }
    }
    (endpoints, notes)
}

/// Leaves out operations that another one is as well. Those with one method and path that take or give something else are
/// endpoints of their own.
fn drop_twins(endpoints: &mut Vec<Endpoint>, chosen: &[&Operation<'_>]) -> Vec<Note> {
    let mut kept: Vec<Endpoint> = Vec::new();
    let mut notes = Vec::new();
    for endpoint in endpoints.drain(..) {
        match (kept.iter().find(|other| other.is_twin(&endpoint)), chosen.get(endpoint.operation)) {
            (Some(other), Some(operation)) => notes.push(Note {
                pointer: operation.pointer.clone(),
                message: format!("`{}` has the same method, path, arguments and result", other.title),
                operation: operation.title(),
                left_out: true,
            }),
            _ => kept.push(endpoint),
        }
    }
    *endpoints = kept;
    notes
}

/// Says what a type is for that the document does not describe.
fn describe(types: &mut Types<'_>, methods: &BTreeMap<usize, String>) {
    for def in &mut types.defs {
        let Origin::Operation { operation, words } = &def.origin else { continue };
        let Some(method) = methods.get(operation).filter(|_| def.docs.is_empty()) else { continue };
        let what = match words.concat().as_str() {
            "params" => "The query of",
            "request" => "What is sent by",
            "response" => "What is returned by",
            _ => continue,
        };
        let others = if def.repeated.is_empty() { "" } else { " and others" };
        def.docs = format!("{what} `{method}`{others}.");
    }
}
