//! The test that an imported API begins with.

use std::path::Path;

use super::Imported;

/// The text of a test that verifies an imported API against its document.
///
/// The test file includes the imported folder as a module, so it works before the crate exports anything.
#[must_use]
pub fn test_source(imported: &Imported, document: &Path, folder: &Path) -> String {
    let mut text = String::from("//! The API agrees with its OpenAPI document.\n\n");
    text.push_str(&format!(
        "#[path = \"{}/mod.rs\"]\n#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]\nmod api;\n\n",
        up(folder)
    ));
    text.push_str("use declarest_openapi::{Document, Verify};\n\n");
    text.push_str("#[test]\nfn agrees_with_its_document() {\n");
    text.push_str(&format!(
        "    Verify::new::<api::{}Client>(Document::open({:?})).assert();\n}}\n",
        imported.root,
        document.display().to_string()
    ));
    text
}

/// A path of the crate as a test file writes it.
pub(super) fn up(path: &Path) -> String {
    if path.is_absolute() { path.display().to_string() } else { format!("../{}", path.display()) }
}
