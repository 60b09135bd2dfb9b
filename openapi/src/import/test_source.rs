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
    text.push_str("use declarest_openapi::{Document, Hook, Member, Verify};\n\n");
    let modules: Vec<&str> = imported.files.iter().filter_map(|file| module(&file.path)).collect();
    for module in modules {
        text.push_str(&format!("#[allow(unused_imports)]\nuse api::{module}::*;\n"));
    }
    text.push_str(&format!("#[allow(unused_imports)]\nuse api::*;\n\n#[test]\nfn agrees_with_its_document() {{\n    let document = Document::open({:?});\n", document.display().to_string()));
    text.push_str(&format!(
        "    Verify::new({0}Client::ENDPOINTS, {0}Client::NESTS, document)\n",
        imported.root
    ));
    for (name, members) in &imported.query_types {
        let members: Vec<String> = members
            .iter()
            .map(|[wire, ty, style]| format!("Member::new({wire:?}, {ty:?}).lists({style:?})"))
            .collect();
        text.push_str(&format!(
            "        .hook({name:?}, Hook::members(const {{ &[{}] }}))\n",
            members.join(", ")
        ));
    }
    for ty in &imported.response_types {
        text.push_str(&format!("        .hook({:?}, Hook::reads::<{ty}>())\n", ty.replace(' ', "")));
    }
    text.push_str("        .assert();\n}\n");
    text
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
