//! What the comparison of one operation works with, and where its findings go.

use super::Settings;
use super::declared;
use super::report::{Finding, Kind, Share};
use super::structs::Structs;
use crate::document::Document;
use crate::model::Operation;

/// What the comparison of one operation works with.
pub(super) struct Context<'a, 'd> {
    pub(super) document: &'d Document,
    pub(super) settings: &'a Settings,
    pub(super) code: &'a declared::Operation,
    pub(super) operation: &'a Operation<'d>,
    /// Whether other endpoints call the same operation, so that each may declare a part of it.
    pub(super) overloaded: bool,
    pub(super) findings: Vec<Finding>,
    /// What was compared of the names in the query, of contents, of responses, and of error bodies.
    pub(super) query: Share,
    pub(super) contents: Share,
    pub(super) responses: Share,
    pub(super) errors: Share,
    /// What the declared types read, of all operations.
    pub(super) structs: &'a mut Structs,
}

impl<'a, 'd> Context<'a, 'd> {
    pub(super) fn new(
        document: &'d Document,
        settings: &'a Settings,
        (code, operation): (&'a declared::Operation, &'a Operation<'d>),
        overloaded: bool,
        structs: &'a mut Structs,
    ) -> Self {
        let none = Share::default();
        let (query, contents, responses, errors) = (none, none, none, none);
        let findings = Vec::new();
        Self {
            document,
            settings,
            code,
            operation,
            overloaded,
            findings,
            query,
            contents,
            responses,
            errors,
            structs,
        }
    }

    /// Adds what was found at a pointer of the document.
    pub(super) fn found(&mut self, kind: Kind, pointer: &str, texts: [String; 3]) {
        let [document, code, write] = texts;
        // What an overload leaves out, another one may declare.
        let is_news = kind == Kind::Unverified
            || (kind == Kind::NotDeclared && (self.overloaded || self.settings.declared_only));
        self.findings.push(Finding {
            kind,
            fails: !is_news,
            operation: self.operation.title(),
            method: self.code.name.clone(),
            pointer: pointer.to_owned(),
            document,
            code,
            write,
            exception: String::new(),
        });
    }

    /// Adds an argument, or a member of one, that the document does not describe.
    pub(super) fn undocumented(&mut self, pointer: &str, (mark, wire): (char, &str), texts: [String; 2]) {
        let exception = format!("{} {}{mark}{wire}", self.code.method, self.code.template);
        let [document, code] = texts;
        let write = format!(
            "the name of the document, or leave it out, or `.expect_undocumented(\"{exception}\", \"why\")`"
        );
        self.found(Kind::Undocumented, pointer, [document, code, write]);
        if let Some(last) = self.findings.last_mut() {
            last.exception = exception;
        }
    }

    /// Adds what does not fail.
    pub(super) fn news(&mut self, kind: Kind, pointer: &str, texts: [String; 3]) {
        self.found(kind, pointer, texts);
        if let Some(last) = self.findings.last_mut() {
            last.fails = false;
        }
    }
}
