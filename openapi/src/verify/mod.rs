//! Compares what an API declares with what its document describes.

mod contents;
mod context;
mod declared;
mod exceptions;
mod operations;
mod parameters;
mod report;
mod responses;
mod samples;
mod security;
mod spread;
mod structs;
mod types;
mod values;

use declarest::Api;

pub use self::report::{Finding, Format, Kind, Report, Share};
use crate::document::{Document, DocumentError};

/// The environment variable that says how [`Verify::assert`] prints its report: `text`, `json` or `github`.
pub const FORMAT_VARIABLE: &str = "DECLAREST_OPENAPI_FORMAT";

/// Verifies an API, with the APIs that it nests, against the text of an OpenAPI document.
///
/// `A` is the client that `#[api]` generates. Its types are compared as far as they can be: a response is proven by values
/// of its schema that the declared type decodes, and so is a content whose type also implements `serde::Deserialize`.
///
/// ```
/// use declarest::{Call, api};
///
/// #[api]
/// trait Keys {
///     #[get("/keys/{key_id}")]
///     fn get(&self, key_id: &str) -> Call<()>;
/// }
///
/// let document = "
/// openapi: 3.1.0
/// paths:
///   /keys/{id}:
///     get:
///       parameters: [{in: path, name: id, required: true, schema: {type: string}}]
///       responses: {204: {description: There it is.}}
/// ";
/// declarest_openapi::verify::<KeysClient>(document).assert();
/// ```
#[must_use = "nothing is compared until `assert` or `report` is called"]
pub fn verify<A: Api>(document: &str) -> Verify {
    Verify::new::<A>(Document::parse(document))
}

/// A verification that is being set up; see [`verify`].
#[derive(Debug)]
#[must_use = "nothing is compared until `assert` or `report` is called"]
pub struct Verify {
    pub(self) declared: Vec<declared::Operation>,
    pub(self) document: Result<Document, DocumentError>,
    pub(self) settings: Settings,
}

#[derive(Debug, Default)]
struct Settings {
    base_path: String,
    include: Vec<String>,
    declared_only: bool,
    expected: Vec<Expected>,
    mismatches: Vec<Expected>,
}

/// An exception: what the document does not describe, or where it says something else.
#[derive(Debug)]
struct Expected {
    what: String,
    reason: String,
}

impl Verify {
    /// Verifies against a document that was read already, such as one with files beside it ([`Document::open`]).
    pub fn new<A: Api>(document: Result<Document, DocumentError>) -> Self {
        Self { declared: declared::read::<A>(), document, settings: Settings::default() }
    }

    /// Sets the path that the client's base URL ends with, where the document writes it in front of each path.
    pub fn base_path(mut self, path: &str) -> Self {
        path.trim_end_matches('/').clone_into(&mut self.settings.base_path);
        self
    }

    /// Compares the operations of these paths only. `*` is one segment, `**` any number of them.
    pub fn include_paths<S: AsRef<str>>(mut self, globs: impl IntoIterator<Item = S>) -> Self {
        self.settings.include.extend(globs.into_iter().map(|glob| glob.as_ref().to_owned()));
        self
    }

    /// Reports what is not declared as news instead of as a failure.
    pub fn declared_only(mut self) -> Self {
        self.settings.declared_only = true;
        self
    }

    /// Accepts what the document does not describe.
    ///
    /// | written | what is undocumented |
    /// |---|---|
    /// | `"POST /organization/external_keys"` | an endpoint |
    /// | `"GET /organization/costs?line_items"` | a name in its query; `"GET /users#X-Trace"` a header |
    /// | `"ProjectApiKey.scopes"` | a member of a struct, as serde names the struct |
    ///
    /// Fails once the document describes it, and if nothing is meant, so that no exception outlives its reason.
    pub fn expect_undocumented(mut self, what: &str, reason: &str) -> Self {
        self.settings.expected.push(Expected { what: what.to_owned(), reason: reason.to_owned() });
        self
    }

    /// Accepts what the code and the document say differently, where the document is wrong or the code knows better: `pointer` is
    /// what the report shows at `at`, such as `"#/components/schemas/Key/properties/id"`. It holds for each operation that
    /// leads there.
    ///
    /// Fails once nothing differs there any more.
    pub fn expect_mismatch(mut self, pointer: &str, reason: &str) -> Self {
        let pointer = pointer.strip_prefix('#').unwrap_or(pointer).to_owned();
        self.settings.mismatches.push(Expected { what: pointer, reason: reason.to_owned() });
        self
    }

    /// Compares, and returns what was found.
    #[must_use]
    pub fn report(&self) -> Report {
        match &self.document {
            Ok(document) => operations::compare(self, document),
            Err(error) => unreadable(error),
        }
    }

    /// Compares, prints the report, and panics if anything fails: the body of a test.
    ///
    /// # Panics
    /// Panics if the code and the document differ.
    #[track_caller]
    #[allow(clippy::panic, clippy::print_stdout)] // This is an assertion.
    pub fn assert(self) {
        let report = self.report();
        let format = std::env::var(FORMAT_VARIABLE).ok().and_then(|text| text.parse().ok());
        let printed = report.print(format.unwrap_or_default());
        if report.is_ok() {
            println!("{printed}");
            return;
        }
        match format {
            // A program reads the standard output; a panic's message would stand in the middle of it.
            Some(Format::Json | Format::GitHub) => {
                println!("{printed}");
                panic!("the API and its OpenAPI document differ");
            }
            _ => panic!("the API and its OpenAPI document differ\n\n{printed}"),
        }
    }
}

fn unreadable(error: &DocumentError) -> Report {
    let finding = Finding {
        kind: Kind::Unverified,
        fails: true,
        operation: String::new(),
        method: String::new(),
        pointer: String::new(),
        document: String::new(),
        code: String::new(),
        write: format!("the document cannot be read: {error}"),
        exception: String::new(),
    };
    Report { findings: vec![finding], ..Report::default() }
}
