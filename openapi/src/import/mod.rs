//! Makes files of Rust of an OpenAPI document.

mod assemble;
mod calls;
mod config;
mod convert;
mod docs;
mod errors;
mod extensions;
mod files;
mod ids;
mod inputs;
mod layout;
mod methods;
mod names;
mod naming;
mod operations;
mod pages;
mod paging;
mod plan;
mod print;
mod returns;
mod settle;
mod shared_pages;
mod tagged;
mod tags;
mod test_source;
mod types;
mod unions;
mod write;

use std::fmt;

pub use self::calls::CallsTest;
pub use self::config::{Config, PageRule, PageScheme};
pub use self::test_source::test_source;
pub use self::write::{Outcome, State, WriteError};
use crate::document::Document;

/// An import that is being set up.
///
/// ```
/// use declarest_openapi::{Document, Import};
///
/// let document = Document::parse("
/// openapi: 3.1.0
/// info: {title: Keys}
/// paths:
///   /keys/{id}:
///     get:
///       tags: [keys]
///       operationId: getKey
///       summary: Returns a key
///       parameters: [{in: path, name: id, required: true, schema: {type: string}}]
///       responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}}
/// components: {schemas: {Key: {required: [id], properties: {id: {type: string}}}}}
/// ")?;
/// let imported = Import::new(&document).run();
/// let file = imported.files.iter().find(|file| file.path == "keys.rs").unwrap();
/// assert!(file.text.contains("fn get(&self, id: &str) -> Call<Key>;"));
/// # Ok::<(), declarest_openapi::DocumentError>(())
/// ```
#[derive(Debug)]
pub struct Import<'d> {
    document: &'d Document,
    tags: Vec<String>,
    operations: Vec<String>,
    config: Config,
}

/// What an import has made.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Imported {
    /// The files, by their paths below the output folder.
    pub files: Vec<ImportedFile>,
    /// The operations that were imported: `GET /keys/{id}`, and the method: `Keys::get`.
    pub operations: Vec<(String, String)>,
    /// What was left out, changed, or is worth a look.
    pub notes: Vec<Note>,
    /// The trait that leads to all endpoints.
    pub root: String,
}

/// Endpoints without files around them, and what they need.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Snippet {
    /// Their names and templates: `create` and `post("/keys"`.
    pub methods: Vec<(String, String)>,
    /// The text of the methods.
    pub endpoints: String,
    /// The text of the types that are missing.
    pub items: String,
    /// What they use of other crates: `declarest::Secret`.
    pub uses: Vec<String>,
    /// What they use of the module that they come into, or of those beside it: types that are known, `Call`, `Pages`.
    pub names: Vec<String>,
    /// What was left out, changed, or is worth a look.
    pub notes: Vec<Note>,
}

/// A file of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportedFile {
    /// Its path below the output folder, with `/` between names.
    pub path: String,
    /// Its text, without the first line that holds the checksum.
    pub text: String,
}

/// Something that an import could not express, or did in another way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Where the document says it; empty if the configuration does.
    pub pointer: String,
    /// What became of it.
    pub message: String,
    /// The operation that was left out because of it; empty otherwise.
    pub operation: String,
    /// Whether an operation was left out.
    pub left_out: bool,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.left_out { format!("{} is left out: ", self.operation) } else { String::new() };
        let place = if self.pointer.is_empty() { String::new() } else { format!("#{}: ", self.pointer) };
        write!(f, "{place}{what}{}", self.message)
    }
}

impl<'d> Import<'d> {
    /// Imports all operations of a document.
    #[must_use]
    pub fn new(document: &'d Document) -> Self {
        Self { document, tags: Vec::new(), operations: Vec::new(), config: Config::default() }
    }

    /// Imports only operations with one of these tags.
    #[must_use]
    pub fn tags<S: Into<String>>(mut self, tags: impl IntoIterator<Item = S>) -> Self {
        self.tags.extend(tags.into_iter().map(Into::into));
        self
    }

    /// Imports only these operations: `METHOD /path`, the path as the document writes it, or an `operationId`.
    #[must_use]
    pub fn operations<S: Into<String>>(mut self, operations: impl IntoIterator<Item = S>) -> Self {
        self.operations.extend(operations.into_iter().map(Into::into));
        self
    }

    /// Sets what the user decides.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Makes the files. Nothing is written.
    #[must_use]
    pub fn run(&self) -> Imported {
        let mut plan = plan::plan(self);
        assemble::assemble(&mut plan)
    }

    /// The endpoint of the chosen operations and the types that it needs, except those in `known`.
    #[must_use]
    pub fn snippet(&self, known: &[String]) -> Snippet {
        let titles = plan::titles(self);
        // All names as in an import of the whole document, and the notes of what was chosen.
        let whole = Import { config: self.config.clone(), ..Import::new(self.document) };
        let mut plan = plan::plan(&whole);
        plan.endpoints.retain(|endpoint| titles.contains(&endpoint.title));
        Snippet { notes: plan::plan(self).notes(), ..assemble::snippet(&plan, known) }
    }
}
