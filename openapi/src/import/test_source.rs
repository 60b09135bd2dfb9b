//! The test that an imported API begins with.

use std::path::Path;

use super::Imported;

/// The text of a test that verifies an imported API against its document.
///
/// The test file includes the imported folder as a module, so it works before the crate exports anything.
#[must_use]
pub fn test_source(imported: &Imported, document: &Path, folder: &Path) -> String {
    let mut text = String::from("//! The API agrees with its OpenAPI document.\n\n");
    let up = |path: &Path| {
        if path.is_absolute() { path.display().to_string() } else { format!("../{}", path.display()) }
    };
    text.push_str(&format!(
        "#[path = \"{}/mod.rs\"]\n#[allow(dead_code, unused_imports, missing_docs)]\nmod api;\n\n",
        up(folder)
    ));
    text.push_str("use declarest_openapi::{Document, Verify};\n\n");
    text.push_str("#[test]\nfn agrees_with_its_document() {\n");
    text.push_str(&format!(
        "    Verify::new::<api::{}Client>(Document::open({:?})).assert();\n}}\n",
        root(imported),
        document.display().to_string()
    ));
    text
}

/// The path to the trait that leads to all endpoints: `mod.rs` exports it, or it is the only one, in its module.
fn root(imported: &Imported) -> String {
    let declaration = format!("pub trait {}", imported.root);
    let holds = |text: &str| text.split(&declaration).skip(1).any(|rest| rest.starts_with([':', ' ']));
    let file = imported.files.iter().find(|file| holds(&file.text));
    match file.and_then(|file| module(&file.path)) {
        Some(module) => format!("{}::{}", super::names::raw(module), imported.root),
        None => imported.root.clone(),
    }
}

/// The module of a file directly below the root, as a name.
fn module(path: &str) -> Option<&str> {
    let name = match path.split_once('/') {
        Some((folder, "mod.rs")) => folder,
        Some(_) => return None,
        None => path.strip_suffix(".rs")?,
    };
    (!["mod", "root"].contains(&name)).then_some(name)
}
