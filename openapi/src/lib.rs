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
    Config, Import, Imported, ImportedFile, Note, Outcome, PageRule, PageScheme, State, WriteError,
    test_source,
};
pub use self::verify::{
    FORMAT_VARIABLE, Finding, Format, Hook, Kind, Member, Read, Report, Rewrite, Verify, verify,
};

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
    for operation in &model.operations {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.schema);
        let body = operation.body.iter().flat_map(|body| &body.contents);
        let responses = operation.responses.iter().flat_map(|response| &response.contents);
        let contents = body.chain(responses).filter_map(|content| content.schema.as_ref());
        problems.extend(parameters.chain(contents).flat_map(|node| node.read(document).broken));
    }
    (model.operations.iter().map(model::Operation::title).collect(), problems)
}
