//! Divides a module into files, and writes what each of them imports.

use std::collections::BTreeMap;

use super::ImportedFile;
use super::names::snake;
use super::print::{Chunk, Needs, WIDTH};
use super::types::Id;

/// Lines of a file, the first one with the checksum included.
pub(super) const MAX_LINES: usize = 400;
/// Lines that imports and blanks may take.
pub(super) const RESERVE: usize = 45;

/// The module of types that several others use.
pub(super) const SHARED: &str = "types";

/// A module: what is in it, and into how many files it goes.
pub(super) struct Module {
    pub(super) name: String,
    pub(super) traits: Vec<Chunk>,
    pub(super) items: Vec<(Id, Chunk)>,
    pub(super) docs: String,
}

/// One file, or a folder with a file for each part.
pub(super) fn module_files(
    module: &Module,
    homes: &BTreeMap<Id, String>,
    names: &[String],
) -> Vec<ImportedFile> {
    let all: Vec<&Chunk> = module.traits.iter().chain(module.items.iter().map(|(_, chunk)| chunk)).collect();
    let lines: usize = all.iter().map(|chunk| chunk.lines() + 1).sum();
    let text = file(&module.docs, &all, module, homes, names, 1);
    if lines + RESERVE <= MAX_LINES || text.lines().count() < MAX_LINES {
        return vec![ImportedFile { path: format!("{}.rs", module.name), text }];
    }
    let mut parts: Vec<Vec<&Chunk>> = Vec::new();
    let mut size = MAX_LINES;
    for chunk in all {
        let added = chunk.lines() + 1;
        if size + added + RESERVE > MAX_LINES {
            parts.push(Vec::new());
            size = 0;
        }
        size += added;
        parts.last_mut().into_iter().for_each(|part| part.push(chunk));
    }
    let mut taken = super::names::Names::reserved(["mod"]);
    let mut head = format!("//! {}\n\n", module.docs);
    let mut uses = String::new();
    let mut files = Vec::new();
    let mut stems: Vec<(String, Vec<&Chunk>)> = Vec::new();
    for part in parts {
        let words = part.first().map(|chunk| super::names::words(&chunk.name)).unwrap_or_default();
        let stem = taken.take([snake(&words)]);
        stems.push((stem, part));
    }
    let mut sorted: Vec<String> = stems.iter().map(|(stem, _)| super::names::raw(stem)).collect();
    sorted.sort();
    for stem in &sorted {
        head.push_str(&format!("mod {stem};\n"));
        uses.push_str(&format!("pub use self::{stem}::*;\n"));
    }
    for (stem, part) in stems {
        let text = file(&module.docs, &part, module, homes, names, 2);
        files.push(ImportedFile { path: format!("{}/{stem}.rs", module.name), text });
    }
    files.push(ImportedFile { path: format!("{}/mod.rs", module.name), text: format!("{head}\n{uses}") });
    files
}

/// The text of a file; `depth` is the number of modules below the root.
fn file(
    docs: &str,
    chunks: &[&Chunk],
    module: &Module,
    homes: &BTreeMap<Id, String>,
    names: &[String],
    depth: usize,
) -> String {
    let mut needs = Needs::default();
    let mut own = Vec::new();
    for chunk in chunks {
        needs.ids.extend(&chunk.needs.ids);
        needs.runtime.extend(&chunk.needs.runtime);
        needs.serde.extend(&chunk.needs.serde);
        needs.root.extend(&chunk.needs.root);
        needs.map |= chunk.needs.map;
        own.push(chunk.name.as_str());
    }
    let up = "super::".repeat(depth);
    let mut uses: Vec<String> = Vec::new();
    if needs.map {
        uses.push("use std::collections::BTreeMap;\n\n".to_owned());
    }
    let sorted = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<String>>();
    uses.extend(import("declarest", sorted(needs.runtime.into_iter().collect())));
    uses.extend(import("serde", sorted(needs.serde.into_iter().collect())));
    if !uses.is_empty() {
        uses.push("\n".to_owned());
    }
    let mut by_module: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in &needs.ids {
        let name = names.get(*id).cloned().unwrap_or_default();
        if own.contains(&name.as_str()) || name.is_empty() {
            continue;
        }
        let home = homes.get(id).map_or("", String::as_str);
        let path =
            if home == module.name { "super".to_owned() } else { format!("{up}{}", super::names::raw(home)) };
        by_module.entry(path).or_default().push(name);
    }
    if !needs.root.is_empty() {
        by_module
            .entry(up.trim_end_matches("::").to_owned())
            .or_default()
            .extend(sorted(needs.root.into_iter().collect()));
    }
    let mut paths: Vec<String> =
        by_module.into_iter().flat_map(|(path, names)| import(&path, names)).collect();
    paths.sort_by_key(|path| order_of_use(path));
    uses.extend(paths);
    let head = format!("//! {docs}\n\n{}", uses.concat());
    let body: Vec<&str> = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    format!("{}\n\n{}", head.trim_end(), body.join("\n"))
}

/// Where rustfmt puts a `use`: `super` first, lists last.
pub(super) fn order_of_use(text: &str) -> Vec<(u8, String)> {
    let path = text.trim_start_matches("use ").trim_end_matches([';', '\n']);
    let rank = |segment: &str| match segment {
        "super" => 0,
        list if list.starts_with('{') => 2,
        _ => 1,
    };
    path.split("::").map(|segment| (rank(segment), segment.trim_start_matches("r#").to_owned())).collect()
}

/// A `use` as rustfmt writes it.
pub(super) fn import(path: &str, names: Vec<String>) -> Option<String> {
    import_within(WIDTH, path, names)
}

/// A `use` in lines of at most `width` columns.
pub(super) fn import_within(width: usize, path: &str, mut names: Vec<String>) -> Option<String> {
    // rustfmt sorts what begins with a small letter last.
    names.sort_by_key(|name| (name.starts_with(char::is_lowercase), name.clone()));
    names.dedup();
    match names.as_slice() {
        [] => None,
        [only] => Some(format!("use {path}::{only};\n")),
        several => {
            let line = format!("use {path}::{{{}}};\n", several.join(", "));
            if line.len() <= width {
                return Some(line);
            }
            let mut text = format!("use {path}::{{\n");
            let mut line = String::from("   ");
            for name in several {
                if line.len() + name.len() + 2 >= width {
                    text.push_str(&line);
                    text.push('\n');
                    line = String::from("   ");
                }
                line.push_str(&format!(" {name},"));
            }
            Some(format!("{text}{line}\n}};\n"))
        }
    }
}
