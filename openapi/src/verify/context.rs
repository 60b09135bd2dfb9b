//! What the comparison of one operation works with, and where its findings go.

use super::Settings;
use super::declared;
use super::report::{Finding, Kind};
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
}

impl Context<'_, '_> {
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
        });
    }

    /// Adds what does not fail.
    pub(super) fn news(&mut self, kind: Kind, pointer: &str, texts: [String; 3]) {
        self.found(kind, pointer, texts);
        if let Some(last) = self.findings.last_mut() {
            last.fails = false;
        }
    }
}
