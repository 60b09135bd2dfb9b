//! Verifies a declarest API against its OpenAPI document, and imports a document as declarest APIs.

mod document;
mod model;
mod read;
mod schema;

pub use self::document::{Document, DocumentError, Problem, Version};

/// Counts what was read; for tests of the reader.
#[doc(hidden)]
#[must_use]
pub fn outline(document: &Document) -> (Vec<String>, Vec<Problem>) {
    let model = read::read(document);
    let mut problems = model.problems.clone();
    for operation in &model.operations {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.schema);
        let body = operation.body.iter().flat_map(|body| &body.contents);
        let responses = operation.responses.iter().flat_map(|response| &response.contents);
        let contents = body.chain(responses).filter_map(|content| content.schema.as_ref());
        problems.extend(parameters.chain(contents).flat_map(|node| {
            let broken = node.read(document).broken;
            broken.into_iter().map(|message| Problem { pointer: node.pointer().to_owned(), message })
        }));
    }
    (model.operations.iter().map(model::Operation::title).collect(), problems)
}
