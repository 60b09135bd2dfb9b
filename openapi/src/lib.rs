#![doc = include_str!("../README.md")]

mod document;
mod import;
mod model;
mod paths;
mod read;
mod schema;
mod verify;

pub use self::document::{Document, DocumentError, Problem, Version};
pub use self::import::{
    CallsTest, Config, Import, Imported, ImportedFile, Note, Outcome, PageRule, PageScheme, Snippet, State,
    WriteError, test_source,
};
pub use self::verify::{FORMAT_VARIABLE, Finding, Format, Kind, Report, Share, Verify, verify};

/// The operations and the problems of a document.
///
/// ```
/// let document = declarest_openapi::Document::parse("openapi: 3.0.0\npaths: {/a: {get: {}}, /b: 1}")?;
/// let (operations, problems) = declarest_openapi::outline(&document);
/// assert_eq!(operations, ["GET /a"]);
/// assert_eq!(problems[0].to_string(), "#/paths/~1b: the path is not an object: left out");
/// # Ok::<(), declarest_openapi::DocumentError>(())
/// ```
#[must_use]
pub fn outline(document: &Document) -> (Vec<String>, Vec<Problem>) {
    let model = read::read(document);
    let mut problems = model.problems.clone();
    let mut seen = std::collections::BTreeSet::new();
    for operation in &model.operations {
        problems.extend(operation.broken(document, &mut seen));
    }
    (model.operations.iter().map(model::Operation::title).collect(), problems)
}
