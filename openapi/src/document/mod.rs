//! An OpenAPI document: its text, its version, and what is wrong with it.

mod files;
pub(crate) mod pointer;
mod text;

use std::fmt;
use std::path::Path;

use serde_json::Value;

/// An OpenAPI document: 3.0, 3.1 or Swagger 2.0, JSON or YAML.
///
/// ```
/// let document = declarest_openapi::Document::parse("openapi: 3.1.0\npaths: {}")?;
/// assert_eq!(document.version(), declarest_openapi::Version::V31);
/// # Ok::<(), declarest_openapi::DocumentError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    root: Value,
    version: Version,
    problems: Vec<Problem>,
}

/// The version of OpenAPI that a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Version {
    /// Swagger 2.0.
    V20,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 and later 3.x.
    V31,
}

/// A part of a document that is wrong, and was left out or read as well as possible.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Problem {
    /// Where it stands, as a JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}: {}", self.pointer, self.message)
    }
}

/// The text is not an OpenAPI document.
#[derive(Debug)]
pub struct DocumentError(String);

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DocumentError {}

impl Document {
    /// Reads the text of a document. References to other files are reported as unresolved.
    ///
    /// # Errors
    /// Fails if the text is neither JSON nor YAML, or is another kind of document.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        Self::of(text::parse(text).map_err(DocumentError)?)
    }

    /// Reads a file and the files beside it that it refers to.
    ///
    /// # Errors
    /// Fails if the file cannot be read, is neither JSON nor YAML, or is another kind of document.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, DocumentError> {
        let path = path.as_ref();
        let failed = |error: &dyn fmt::Display| DocumentError(format!("{}: {error}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
        let mut document = Self::parse(&text).map_err(|error| failed(&error))?;
        files::bundle(&mut document.root, path, &mut document.problems);
        Ok(document)
    }

    /// Takes a document that was read already.
    ///
    /// # Errors
    /// Fails if the value is another kind of document.
    pub fn of(root: Value) -> Result<Self, DocumentError> {
        let version = version(&root).map_err(DocumentError)?;
        Ok(Self { root, version, problems: Vec::new() })
    }

    /// The version of OpenAPI.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The document as JSON.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// What was wrong with the files that it refers to.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The value that a JSON pointer names.
    #[must_use]
    pub fn get(&self, pointer: &str) -> Option<&Value> {
        self.root.pointer(pointer)
    }
}

/// The version, or what the document is instead.
fn version(root: &Value) -> Result<Version, String> {
    let Some(members) = root.as_object() else {
        return Err("not an OpenAPI document: the text is not a JSON or YAML object".into());
    };
    // YAML may say `swagger: 2.0` without quotes, which is a number.
    let text = |name: &str| {
        members.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    match (text("openapi"), text("swagger")) {
        (Some(version), _) if version.starts_with("3.0") => Ok(Version::V30),
        (Some(version), _) if version.starts_with("3.") || version == "3" => Ok(Version::V31),
        (_, Some(version)) if version.starts_with('2') => Ok(Version::V20),
        (Some(other), _) => {
            Err(format!("OpenAPI {other} is not supported: write OpenAPI 3.0 or 3.1, or Swagger 2.0"))
        }
        (_, Some(other)) => Err(format!("Swagger {other} is not supported: convert it to OpenAPI 3")),
        (None, None) => Err(format!("not an OpenAPI document: {}", other_kind(members))),
    }
}

/// What a document without a version is.
fn other_kind(members: &serde_json::Map<String, Value>) -> String {
    let has = |name: &str| members.contains_key(name);
    let kind = if has("asyncapi") {
        "it is an AsyncAPI document"
    } else if has("swaggerVersion") {
        "it is Swagger 1.x: convert it to OpenAPI 3"
    } else if has("discoveryVersion") || has("rootUrl") {
        "it is a Google API discovery document"
    } else if has("item") && has("info") {
        "it is a Postman collection"
    } else if has("$schema") || has("$defs") {
        "it is a JSON Schema"
    } else if has("resourceType") || has("raml") || has("log") {
        "it is another kind of description"
    } else {
        "it has neither a member `openapi` nor `swagger`"
    };
    kind.to_owned()
}
