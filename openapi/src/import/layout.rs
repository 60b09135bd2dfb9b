//! Which endpoint goes into which trait, and which trait into which module.

use super::convert::Types;
use super::names::{Names, camel, plural, raw, same_noun, snake, words};
use super::operations::Endpoint;
use super::tags;
use crate::model::Operation;

/// Endpoints of one trait; more are divided by their paths.
const MAX_ENDPOINTS: usize = 40;

/// Modules of the import itself, and what cannot be a file's name everywhere.
const RESERVED: [&str; 8] = ["types", "root", "mod", "lib", "con", "aux", "nul", "prn"];

/// A trait.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) name: String,
    /// The words of the tag, and of the part of it.
    pub(super) words: Vec<String>,
    pub(super) docs: String,
    /// The module, by its index.
    pub(super) module: usize,
    /// Indices of operations, then of endpoints.
    pub(super) operations: Vec<usize>,
}

/// All traits and modules.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) groups: Vec<Group>,
    /// Names of the modules: one a tag.
    pub(super) modules: Vec<String>,
}

pub(super) fn layout(
    root: &str,
    operations: &[&Operation<'_>],
    described: &[(&str, &str)],
    type_names: &Names,
    names: &mut Names,
) -> Layout {
    let mut by_tag: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let tag = tags::tag_of(operation);
        match by_tag.iter_mut().find(|(other, _)| *other == tag) {
            Some((_, all)) => all.push(index),
            None => by_tag.push((tag, vec![index])),
        }
    }
    by_tag = joined(root, by_tag, operations);
    let prefix = tags::common_prefix(&by_tag.iter().map(|(tag, _)| tag.as_slice()).collect::<Vec<_>>());
    let mut modules = Names::reserved(RESERVED);
    let mut layout = Layout::default();
    for (tag, all) in by_tag {
        let module = layout.modules.len();
        let docs =
            described.iter().find(|(name, _)| tags::tag_words(name) == tag).map_or("", |(_, docs)| *docs);
        let tag =
            tag.strip_prefix(prefix.as_slice()).filter(|rest| !rest.is_empty()).unwrap_or(&tag).to_vec();
        // `self` stays a keyword behind `r#`.
        let stem = snake(&tag);
        let stem = if raw(&stem).ends_with('_') { raw(&stem) } else { stem };
        layout.modules.push(modules.take([stem]));
        for (part, operations) in distinct(&tag, parts(operations, all)) {
            let words = [tag.clone(), part.clone()].concat();
            let plain = camel(&words);
            // Types keep the document's names.
            let is_free = |name: &String| !type_names.has(name) && !type_names.has(&format!("{name}Client"));
            let mut candidates = vec![plain.clone(), camel(&plural(&words))];
            candidates.retain(is_free);
            candidates.push(format!("{plain}Api"));
            let name = names.take(candidates);
            // The client that the trait becomes.
            names.take([format!("{name}Client")]);
            let docs = if part.is_empty() { docs.to_owned() } else { String::new() };
            layout.groups.push(Group { name, words, docs, module, operations });
        }
    }
    layout
}

/// A handful of operations without tags is one module.
fn joined(
    root: &str,
    by_tag: Vec<(Vec<String>, Vec<usize>)>,
    operations: &[&Operation<'_>],
) -> Vec<(Vec<String>, Vec<usize>)> {
    let untagged = operations.iter().all(|operation| operation.tags.is_empty());
    if !untagged || operations.len() > 12 {
        return by_tag;
    }
    vec![(words(root), (0..operations.len()).collect())]
}

/// Parts whose names do not repeat the tag: `repos/branches` of the tag `repos` is `branches`.
fn distinct(tag: &[String], parts: Vec<(Vec<String>, Vec<usize>)>) -> Vec<(Vec<String>, Vec<usize>)> {
    let mut all: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
    for (part, operations) in parts {
        let repeats = part.first().zip(tag.last()).is_some_and(|(one, other)| same_noun(one, other));
        let short = part.get(usize::from(repeats)..).unwrap_or_default().to_vec();
        match all.iter_mut().find(|(other, _)| *other == short) {
            Some((_, same)) if same.len() + operations.len() <= MAX_ENDPOINTS => same.extend(operations),
            Some(_) => all.push((part, operations)),
            None => all.push((short, operations)),
        }
    }
    all
}

/// Divides the operations of a tag until each part is small: by the first segment in which their paths differ.
fn parts(operations: &[&Operation<'_>], all: Vec<usize>) -> Vec<(Vec<String>, Vec<usize>)> {
    if all.len() <= MAX_ENDPOINTS {
        return vec![(Vec::new(), all)];
    }
    let fixed = |index: usize| -> Vec<String> {
        let path = operations.get(index).map_or("", |operation| operation.path);
        path.split('/')
            .filter(|segment| !segment.is_empty() && !segment.starts_with('{'))
            .map(str::to_owned)
            .collect()
    };
    let paths: Vec<(usize, Vec<String>)> = all.iter().map(|index| (*index, fixed(*index))).collect();
    let common = (0..8).take_while(|depth| {
        let first = paths.first().and_then(|(_, path)| path.get(*depth));
        first.is_some() && paths.iter().all(|(_, path)| path.get(*depth) == first)
    });
    let depth = common.count();
    let mut groups: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
    for (index, path) in &paths {
        let key = path.get(depth).map(|segment| words(segment)).unwrap_or_default();
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, all)) => all.push(*index),
            None => groups.push((key, vec![*index])),
        }
    }
    // Small parts stay together.
    let (small, large): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|(key, all)| all.len() < 4 || key.is_empty());
    let mut rest: Vec<usize> = small.into_iter().flat_map(|(_, all)| all).collect();
    rest.sort_unstable();
    let mut done = chunks(Vec::new(), rest);
    for (key, all) in large {
        let deeper = if all.len() == paths.len() { chunks(Vec::new(), all) } else { parts(operations, all) };
        for (more, all) in deeper {
            done.push(([key.clone(), more].concat(), all));
        }
    }
    done
}

/// What cannot be told apart by paths is divided by number.
fn chunks(key: Vec<String>, all: Vec<usize>) -> Vec<(Vec<String>, Vec<usize>)> {
    let numbered = |(number, part): (usize, &[usize])| {
        let mut key = key.clone();
        if number > 0 {
            key.push(format!("{}", number + 1));
        }
        (key, part.to_vec())
    };
    all.chunks(MAX_ENDPOINTS).enumerate().map(numbered).collect()
}

impl Layout {
    /// The module of each endpoint.
    pub(super) fn module_of(&self, endpoints: &[Endpoint]) -> Vec<usize> {
        let module = |endpoint: &Endpoint| {
            let group = self.groups.iter().find(|group| group.operations.contains(&endpoint.operation));
            group.map_or(usize::MAX, |group| group.module)
        };
        endpoints.iter().map(module).collect()
    }
}

/// The module of a type: that of its only user, or the shared one (`None`).
pub(super) fn home(types: &Types<'_>, id: usize) -> Option<usize> {
    match types.defs.get(id).map(|def| def.used.files.as_slice()) {
        Some([only]) if *only != usize::MAX => Some(*only),
        _ => None,
    }
}
