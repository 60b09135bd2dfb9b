//! `cargo declarest add`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use declarest_openapi::{Document, Import, Snippet};

use crate::import::{config, read};
use crate::{End, print, say};

const EXAMPLES: &str = "\
Examples:
  cargo declarest add openapi.json \"POST /organization/widgets\"
  cargo declarest add openapi.json createWidget --into src/api/widgets.rs
  cargo declarest add openapi.json \"GET /widgets\" --known src/api

Exit codes: 0 done; 2 the document has no such operation, the file has it already, or a file cannot be read or written.";

/// Prints one endpoint and the types that it needs, or adds them to a file.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The OpenAPI document.
    document: PathBuf,
    /// `METHOD /path`, the path as the document writes it, or an operationId.
    operation: String,
    /// Adds the method to the first trait of this file, the types behind it, and imports in front of it.
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Leaves out types that the Rust files of this folder define; by default the folder of `--into`.
    #[arg(long, value_name = "FOLDER")]
    known: Option<PathBuf>,
    /// Reads names and rules from a TOML file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<End, String> {
    let document = Document::open(&arguments.document).map_err(|error| error.to_string())?;
    let folder = arguments.known.clone().or_else(|| arguments.into.as_ref()?.parent().map(PathBuf::from));
    let mut known = Vec::new();
    if let Some(folder) = &folder {
        defined(folder, &mut known)?;
    }
    let import = Import::new(&document)
        .operations([arguments.operation.as_str()])
        .config(config(arguments.config.as_deref())?);
    let names: Vec<String> = known.iter().map(|(name, _)| name.clone()).collect();
    let snippet = import.snippet(&names);
    snippet.notes.iter().for_each(|note| say(&format!("note: {note}")));
    if snippet.endpoints.is_empty() {
        return Err(format!("nothing was added for `{}`", arguments.operation));
    }
    let Some(path) = &arguments.into else {
        let uses = grouped(&snippet.uses.iter().collect::<Vec<_>>());
        print(&format!("{uses}\n{}\n{}", snippet.endpoints, snippet.items));
        return Ok(End::Done);
    };
    let text = read(path)?;
    let new = added(&text, &snippet, &imports(&snippet, path, folder.as_deref(), &known))
        .map_err(|problem| format!("{}: {problem}", path.display()))?;
    let beside = path.with_extension("rs.new");
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    std::fs::write(&beside, new).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)?;
    say(&format!("{}: added", path.display()));
    Ok(End::Done)
}

/// The paths of what a snippet names, as seen from a file.
fn imports(
    snippet: &Snippet,
    path: &Path,
    folder: Option<&Path>,
    known: &[(String, PathBuf)],
) -> Vec<String> {
    let mut all = snippet.uses.clone();
    let below = |path: &Path| Some(path.strip_prefix(folder?).ok()?.to_path_buf());
    let Some(own) = below(path) else { return all };
    let up = "super::".repeat(own.components().count());
    for name in &snippet.names {
        let place = known.iter().find(|(other, _)| other == name).map(|(_, place)| place);
        let Some(place) = place.filter(|place| *place != path).and_then(|place| below(place)) else {
            continue;
        };
        let first = place.components().next().map(|first| first.as_os_str().to_string_lossy().into_owned());
        let module = first.unwrap_or_default().trim_end_matches(".rs").to_owned();
        let module = if module == "mod" { String::new() } else { format!("{module}::") };
        all.push(format!("{up}{module}{name}"));
    }
    all
}

/// The text of a file with the endpoint and its types; the reason if they cannot be added.
fn added(text: &str, snippet: &Snippet, imports: &[String]) -> Result<String, String> {
    let dense: String = text.split_whitespace().collect();
    for (name, template) in &snippet.methods {
        if dense.contains(&format!("#[{template}")) {
            return Err(format!("it has the endpoint `#[{template})]` already"));
        }
        if text.contains(&format!("fn {name}(")) {
            return Err(format!(
                "it has a method `{name}` already: choose another name in `[methods]` of the configuration"
            ));
        }
    }
    let (head, tail) =
        split_at_trait_end(text).ok_or("it holds no trait that ends with `}` at the beginning of a line")?;
    let trait_ = head.rsplit("#[api").next().unwrap_or_default();
    let endpoints = ["bearer", "basic"].iter().fold(snippet.endpoints.clone(), |endpoints, auth| {
        let auth = format!("auth = {auth}");
        if !trait_.split("pub trait").next().unwrap_or_default().contains(&auth) {
            return endpoints;
        }
        // The trait says it for all.
        endpoints.replace(&format!(", {auth}"), "").replace(&format!(",\n        {auth}"), "")
    });
    let is_new = |path: &&String| {
        let name = path.rsplit("::").next().unwrap_or_default();
        let mut uses = text.split("\nuse ").skip(1).filter_map(|rest| rest.split(';').next());
        !uses.any(|list| {
            list.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|one| one == name)
        })
    };
    let uses = grouped(&imports.iter().filter(is_new).collect::<Vec<_>>());
    let (before, head) = head.split_at(start_of_imports(head));
    let gap = if snippet.items.is_empty() { "" } else { "\n\n" };
    let new = format!("{before}{uses}{head}\n{endpoints}{}{gap}{}", tail.trim_end(), snippet.items);
    Ok(format!("{}\n", new.trim_end()))
}

/// `use` lines, one for each module.
fn grouped(paths: &[&String]) -> String {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (module, name) in paths.iter().filter_map(|path| path.rsplit_once("::")) {
        modules.entry(module).or_default().push(name);
    }
    let line = |(module, names): (&&str, &Vec<&str>)| match names.as_slice() {
        [only] => format!("use {module}::{only};\n"),
        several => format!("use {module}::{{{}}};\n", several.join(", ")),
    };
    modules.iter().map(line).collect()
}

/// Where the first `use` stands; behind the docs of the module if there is none.
fn start_of_imports(text: &str) -> usize {
    let is_use = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with("use "));
    let mut starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let docs =
        |text: &str| text.lines().take_while(|line| line.starts_with("//")).map(|line| line.len() + 1).sum();
    starts.find(is_use).unwrap_or_else(|| docs(text))
}

/// What stands before the closing brace of the first trait, and what follows.
fn split_at_trait_end(text: &str) -> Option<(&str, &str)> {
    let start = text.find("\npub trait ").or_else(|| text.find("\ntrait "))?;
    let end = text.get(start + 1..)?.find("\n}").map(|end| start + 1 + end + 1)?;
    text.split_at_checked(end)
}

/// Names of the types that the Rust files of a folder define, and the files.
fn defined(folder: &Path, names: &mut Vec<(String, PathBuf)>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    for entry in entries.map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = folder.join(entry.file_name());
        if path.is_dir() {
            defined(&path, names)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = read(&path)?;
            for line in text.lines() {
                let rest = ["pub struct ", "pub enum ", "pub type "]
                    .iter()
                    .find_map(|start| line.strip_prefix(start));
                let name = rest.map(|rest| {
                    rest.chars()
                        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                        .collect::<String>()
                });
                names.extend(name.map(|name| (name, path.clone())));
            }
        }
    }
    Ok(())
}
