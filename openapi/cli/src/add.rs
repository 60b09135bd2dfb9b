//! `cargo declarest add`

use std::path::PathBuf;

use clap::Args;
use declarest_openapi::{Document, Import};

use crate::import::{config, read};
use crate::{End, print, say};

const EXAMPLES: &str = "\
Examples:
  cargo declarest add openapi.json \"POST /organization/widgets\"
  cargo declarest add openapi.json createWidget --into src/api/widgets.rs
  cargo declarest add openapi.json \"GET /widgets\" --known src/api

Exit codes: 0 done; 2 the document has no such operation, or a file cannot be read or written.";

/// Prints one endpoint and the types that it needs, or adds them to a file.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The OpenAPI document.
    document: PathBuf,
    /// `METHOD /path`, the path as the document writes it, or an operationId.
    operation: String,
    /// Adds the method to the first trait of this file, and the types behind it.
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
    let (method, items, notes) = import.snippet(&known);
    notes.iter().for_each(|note| say(&format!("note: {note}")));
    if method.is_empty() {
        return Err(format!("nothing was added for `{}`", arguments.operation));
    }
    let Some(path) = &arguments.into else {
        print(&format!("{method}\n{items}"));
        return Ok(End::Done);
    };
    let text = read(path)?;
    let (head, tail) = split_at_trait_end(&text).ok_or_else(|| {
        format!("{}: it holds no trait that ends with `}}` at the beginning of a line", path.display())
    })?;
    let new = format!("{head}\n{method}{tail}{}{items}", if items.is_empty() { "" } else { "\n" });
    let beside = path.with_extension("rs.new");
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    std::fs::write(&beside, new).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)?;
    say(&format!("{}: added; what the types need may have to be imported", path.display()));
    Ok(End::Done)
}

/// What stands before the closing brace of the first trait, and what follows.
fn split_at_trait_end(text: &str) -> Option<(&str, &str)> {
    let start = text.find("\npub trait ").or_else(|| text.find("\ntrait "))?;
    let end = text.get(start + 1..)?.find("\n}").map(|end| start + 1 + end + 1)?;
    text.split_at_checked(end)
}

/// Names of the types that the Rust files of a folder define.
fn defined(folder: &std::path::Path, names: &mut Vec<String>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
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
                names.extend(name);
            }
        }
    }
    Ok(())
}
