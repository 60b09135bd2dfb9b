//! What was found, for a person, a program, or the annotations of a pull request.

use std::fmt;

use serde_json::json;

/// What a finding says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// The code and the document contradict each other.
    Mismatch,
    /// The document describes something that the code does not declare.
    NotDeclared,
    /// The code declares something that the document does not describe.
    Undocumented,
    /// The two could not be compared.
    Unverified,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Self::Mismatch => "mismatch",
            Self::NotDeclared => "not declared",
            Self::Undocumented => "undocumented",
            Self::Unverified => "unverified",
        }
    }
}

/// One difference between the code and the document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it says.
    pub kind: Kind,
    /// Whether it fails the test; the others are news.
    pub fails: bool,
    /// The operation: `GET /users/{id}`. Empty for what concerns the whole API.
    pub operation: String,
    /// The method of the trait: `Users::get`. Empty if there is none.
    pub method: String,
    /// Where the document says it, as a JSON pointer. Empty if it says nothing.
    pub pointer: String,
    /// What the document says.
    pub document: String,
    /// What the code says.
    pub code: String,
    /// What to write.
    pub write: String,
    /// What [`Verify::expect_undocumented`](super::Verify::expect_undocumented) calls it; empty for what it cannot accept.
    pub exception: String,
}

/// The format of a printed report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Format {
    /// Grouped by operation, for a person.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// Workflow commands of GitHub Actions, which become annotations.
    GitHub,
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "github" => Ok(Self::GitHub),
            other => Err(format!("`{other}` is not a format: write text, json or github")),
        }
    }
}

/// All that a verification has found.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Report {
    /// The findings, in the order of the code, then of the document.
    pub findings: Vec<Finding>,
    /// Endpoints that the code declares.
    pub declared: usize,
    /// Operations that the document describes, within the path filters.
    pub documented: usize,
    /// Endpoints whose operation was found.
    pub matched: usize,
    /// Names in the query of these operations.
    pub query: Share,
    /// Contents of their requests.
    pub contents: Share,
    /// Their responses, as far as they are described.
    pub responses: Share,
    /// The JSON bodies of their errors. Only `B` of a declared `ApiError<B>` can be compared with them; an endpoint that declares
    /// another error says nothing of its body, so that is not a finding.
    pub errors: Share,
}

/// How many of what a document describes could be compared; what could not is [unverified](Kind::Unverified).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Share {
    /// What was compared.
    pub compared: usize,
    /// What is documented.
    pub documented: usize,
}

impl Share {
    /// Counts one more.
    pub(super) fn count(&mut self, is_compared: bool) {
        self.documented += 1;
        self.compared += usize::from(is_compared);
    }

    pub(super) fn add(&mut self, other: Self) {
        self.documented += other.documented;
        self.compared += other.compared;
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.compared, self.documented)
    }
}

impl Report {
    /// Whether no finding fails.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        !self.findings.iter().any(|finding| finding.fails)
    }

    /// The findings that fail.
    pub fn failures(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.fails)
    }

    /// The report in a format.
    #[must_use]
    pub fn print(&self, format: Format) -> String {
        match format {
            Format::Text => self.to_string(),
            Format::Json => self.json(),
            Format::GitHub => self.github(),
        }
    }

    /// Puts the findings of one operation together, in the order in which the operations were met first.
    pub(super) fn group(&mut self) {
        let mut titles: Vec<String> = Vec::new();
        for finding in &self.findings {
            let title = finding.title();
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        self.findings.sort_by_key(|finding| titles.iter().position(|title| *title == finding.title()));
    }

    fn summary(&self) -> String {
        let count = |kind| self.findings.iter().filter(|finding| finding.kind == kind).count();
        format!(
            "{} endpoints declared, {} operations documented; compared: {} operations, {} query names, {} contents, {} responses, {} error bodies\n\
             {} mismatches, {} not declared, {} undocumented, {} unverified; {} of them fail",
            self.declared,
            self.documented,
            self.matched,
            self.query,
            self.contents,
            self.responses,
            self.errors,
            count(Kind::Mismatch),
            count(Kind::NotDeclared),
            count(Kind::Undocumented),
            count(Kind::Unverified),
            self.failures().count(),
        )
    }

    fn json(&self) -> String {
        let findings = self.findings.iter().map(|finding| {
            json!({
                "kind": finding.kind.words().replace(' ', "_"), "fails": finding.fails, "operation": finding.operation,
                "method": finding.method, "pointer": finding.pointer, "document": finding.document,
                "code": finding.code, "write": finding.write,
            })
        });
        let share = |share: Share| json!({"compared": share.compared, "documented": share.documented});
        let report = json!({
            "query": share(self.query), "contents": share(self.contents), "responses": share(self.responses),
            "errors": share(self.errors),
            "ok": self.is_ok(), "declared": self.declared, "documented": self.documented, "compared": self.matched,
            "findings": findings.collect::<Vec<_>>(),
        });
        format!("{report:#}")
    }

    fn github(&self) -> String {
        // GitHub's toolkit escapes these, and in properties `:` and `,` too.
        let message = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let property = |text: &str| message(text).replace(':', "%3A").replace(',', "%2C");
        let lines = self.findings.iter().map(|finding| {
            let level = if finding.fails { "error" } else { "notice" };
            let title = format!("{}: {}", finding.kind.words(), finding.title());
            format!("::{level} title={}::{}\n", property(&title), message(&finding.sentence()))
        });
        let level = if self.is_ok() { "notice" } else { "error" };
        lines.collect::<String>() + &format!("::{level} title=OpenAPI::{}\n", message(&self.summary()))
    }
}

impl Finding {
    fn title(&self) -> String {
        match (self.operation.as_str(), self.method.as_str()) {
            ("", "") => "the whole API".to_owned(),
            (operation, "") => operation.to_owned(),
            ("", method) => method.to_owned(),
            (operation, method) => format!("{operation} ({method})"),
        }
    }

    fn sentence(&self) -> String {
        let mut text = String::new();
        if !self.document.is_empty() {
            let at = if self.pointer.is_empty() { String::new() } else { format!(" (#{})", self.pointer) };
            text = format!("the document says {}{at}; ", self.document);
        }
        if !self.code.is_empty() {
            text.push_str(&format!("the code says {}; ", self.code));
        }
        text.push_str(&self.write);
        text
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut group = None;
        for finding in &self.findings {
            let title = finding.title();
            if group.as_ref() != Some(&title) {
                writeln!(f, "{title}")?;
                group = Some(title);
            }
            let news = if finding.fails { "" } else { " (not a failure)" };
            writeln!(f, "  {}{news}", finding.kind.words())?;
            for (label, text) in [
                ("document", &finding.document),
                ("at", &finding.pointer),
                ("code", &finding.code),
                ("write", &finding.write),
            ] {
                if !text.is_empty() {
                    writeln!(f, "    {label:<9} {}{text}", if label == "at" { "#" } else { "" })?;
                }
            }
        }
        writeln!(f, "{}", self.summary())
    }
}
