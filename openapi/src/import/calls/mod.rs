//! The test that calls each imported operation once.

mod arguments;
mod code;
mod credentials;
mod text;
mod values;

use std::collections::BTreeMap;
use std::path::Path;

use self::credentials::Credentials;
use self::text::{Call, Function, Head};
use self::values::Values;
use super::assemble::{methods, nests};
use super::files::SHARED;
use super::layout::{Group, home};
use super::names::{Names, raw, snake, words};
use super::operations::Endpoint;
use super::plan::{self, Plan};
use super::print::{Needs, Printer};
use super::{Import, test_source};
use crate::model::Operation;

/// A test that calls each operation once, with the arguments that it requires.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallsTest {
    /// The text of the test file.
    pub text: String,
    /// How many operations it calls.
    pub called: usize,
    /// The operations that it does not call, `GET /keys/{id}`, and why. They stand in the text as comments, too.
    pub not_called: Vec<(String, String)>,
}

impl Import<'_> {
    /// Makes a test that calls each operation once, with the arguments that it requires, against a server that the
    /// environment names: an example of each call, and a smoke test against a mock server.
    ///
    /// `folder` is where the import is written, as a path from the root of the crate; the test file stands in its `tests`.
    /// Arguments are the smallest values that their schemas allow. An operation that cannot be called so is listed with the
    /// reason.
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
    ///       operationId: getKey
    ///       parameters: [{in: path, name: id, required: true, schema: {type: string}}]
    ///       responses: {204: {description: It exists}}
    /// ")?;
    /// let test = Import::new(&document).calls("src/api".as_ref());
    /// assert!(test.text.contains(r#"calls.make("GET /keys/{id}", api.get("text")).await;"#));
    /// # Ok::<(), declarest_openapi::DocumentError>(())
    /// ```
    #[must_use]
    pub fn calls(&self, folder: &Path) -> CallsTest {
        let model = crate::read::read(self.document);
        let plan = plan::plan(self);
        let circles = plan.types.circles();
        let printer =
            Printer { types: &plan.types, names: &plan.names, circles: &circles, has_setters: true };
        let operations: BTreeMap<String, &Operation<'_>> =
            model.operations.iter().map(|operation| (operation.title(), operation)).collect();
        let credentials = Credentials::of(
            self.document,
            plan.endpoints.iter().filter_map(|endpoint| operations.get(&endpoint.title).copied()),
        );
        let mut test =
            Test { plan: &plan, printer: &printer, operations, credentials, made: CallsTest::default() };
        test.write(folder);
        test.made
    }
}

/// A test file in the making.
struct Test<'a, 'p, 'd> {
    plan: &'a Plan<'d>,
    printer: &'a Printer<'p, 'd>,
    operations: BTreeMap<String, &'a Operation<'d>>,
    credentials: Credentials<'d>,
    made: CallsTest,
}

impl Test<'_, '_, '_> {
    fn write(&mut self, folder: &Path) {
        let groups: Vec<&Group> =
            self.plan.layout.groups.iter().filter(|group| !methods(self.plan, group).is_empty()).collect();
        let single = self.plan.layout.groups.len() == 1;
        let functions: Vec<Function> =
            nests(&groups).iter().map(|(group, nest)| self.function(group, nest, single)).collect();
        let root = match groups.first() {
            Some(only) if single => ("api".to_owned(), only.name.clone()),
            _ => ("api".to_owned(), self.plan.root.clone()),
        };
        let taken = self.plan.names.iter().chain(groups.iter().map(|group| &group.name));
        let mut names = Names::reserved(taken.map(String::as_str));
        let head = Head {
            folder: test_source::up(folder),
            root,
            report: names.take(["Calls".to_owned(), "CallReport".to_owned()]),
            credential: self.credentials.client.clone(),
        };
        self.made.text = text::file(&head, &functions);
    }

    fn module(&self, group: &Group) -> String {
        raw(self.plan.layout.modules.get(group.module).map_or("", String::as_str))
    }

    /// The calls of one trait.
    fn function(&mut self, group: &Group, nest: &str, single: bool) -> Function {
        let mut values = Values { printer: self.printer, needs: Needs::default() };
        let mut calls = Vec::new();
        for (endpoint, name) in methods(self.plan, group) {
            match self.call(&mut values, endpoint, &name) {
                Ok(call) => {
                    self.made.called += 1;
                    calls.push(call);
                }
                Err(reason) => {
                    calls.push(Call::Left { title: endpoint.title.clone(), reason: reason.clone() });
                    self.made.not_called.push((endpoint.title.clone(), reason));
                }
            }
        }
        let module = self.module(group);
        let mut imports: BTreeMap<String, Vec<String>> = BTreeMap::new();
        if !single && calls.iter().any(|call| matches!(call, Call::Made { .. })) {
            imports.entry(format!("api::{module}")).or_default().push(group.name.clone());
        }
        for id in &values.needs.ids {
            let home = home(&self.plan.types, *id).and_then(|index| self.plan.layout.modules.get(index));
            let path = format!("api::{}", raw(home.map_or(SHARED, String::as_str)));
            imports.entry(path).or_default().push(self.plan.names.get(*id).cloned().unwrap_or_default());
        }
        Function {
            name: format!("call_{}", snake(&words(nest))),
            client: format!("api::{module}::{}Client", group.name),
            nest: (!single).then(|| raw(nest)),
            imports,
            calls,
        }
    }

    fn call(&self, values: &mut Values<'_, '_, '_>, endpoint: &Endpoint, name: &str) -> Result<Call, String> {
        let Some(operation) = self.operations.get(&endpoint.title) else {
            return Err("the document does not describe it".to_owned());
        };
        let before = values.needs.clone();
        let arguments = values.arguments(endpoint, operation).inspect_err(|_| values.needs = before);
        let mut arguments = arguments?;
        arguments.options.extend(self.credentials.option(operation)?);
        Ok(Call::Made {
            title: endpoint.title.clone(),
            method: raw(name),
            takes: text::Takes::of(&endpoint.returns),
            arguments,
        })
    }
}
