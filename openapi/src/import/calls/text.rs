//! The text of the test file.

use std::collections::BTreeMap;

use super::super::files::{import, import_within, order_of_use};
use super::super::returns::Returns;
use super::arguments::Arguments;
use super::code::Code;

/// Columns of a line.
const WIDTH: usize = 100;
/// Columns of a chain of methods on one line.
const CHAIN_WIDTH: usize = 60;

/// What stands before the calls.
pub(super) struct Head {
    /// The imported folder, from the test file.
    pub(super) folder: String,
    /// The module and the name of the trait that leads to all endpoints.
    pub(super) root: (String, String),
    /// The name of the struct that keeps what went wrong.
    pub(super) report: String,
    /// An expression for the client's credential.
    pub(super) credential: Option<String>,
}

/// A function with the calls of one trait.
pub(super) struct Function {
    pub(super) name: String,
    pub(super) client: String,
    /// The method of the root that leads to the trait, unless it is the root.
    pub(super) nest: Option<String>,
    pub(super) imports: BTreeMap<String, Vec<String>>,
    pub(super) calls: Vec<Call>,
}

/// One operation.
pub(super) enum Call {
    Made { title: String, method: String, takes: Takes, arguments: Arguments },
    Left { title: String, reason: String },
}

/// How much of the result is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Takes {
    /// The value, or the first page.
    All,
    FirstChunk,
    FirstEvent,
    FirstLine,
}

impl Takes {
    pub(super) fn of(returns: &Returns) -> Self {
        match returns {
            Returns::Fixed("ByteStream") => Self::FirstChunk,
            Returns::Events(_) => Self::FirstEvent,
            Returns::JsonLines(_) => Self::FirstLine,
            _ => Self::All,
        }
    }

    fn method(self) -> &'static str {
        match self {
            Self::All => "make",
            Self::FirstChunk => "make_bytes",
            Self::FirstEvent => "make_events",
            Self::FirstLine => "make_lines",
        }
    }

    /// Its method of the struct that keeps what went wrong.
    fn definition(self) -> String {
        let (generics, result) = match self {
            Self::All => return MAKE.to_owned(),
            Self::FirstChunk => ("", "declarest::ByteStream"),
            Self::FirstEvent => ("<T: declarest::FromEvent>", "declarest::Events<T>"),
            Self::FirstLine => {
                ("<T: serde::de::DeserializeOwned + Send + 'static>", "declarest::JsonLines<T>")
            }
        };
        let name = self.method();
        let arguments =
            ["&mut self".to_owned(), "title: &str".to_owned(), format!("call: api::Call<{result}>")];
        let line = format!("    async fn {name}{generics}({}) {{", arguments.join(", "));
        let broken = || {
            format!("    async fn {name}{generics}(\n        {},\n    ) {{", arguments.join(",\n        "))
        };
        let signature = if line.len() > WIDTH { broken() } else { line };
        format!(
            "
    /// Makes a call, and takes the first item.
{signature}
        let first = async {{ Ok(call.await?.try_next().await?) }};
        self.make(title, first).await;
    }}
"
        )
    }
}

const MAKE: &str = "    /// Makes a call, and keeps what is wrong with it.
    async fn make<T>(&mut self, title: &str, call: impl Future<Output = Result<T, api::Error>>) {
        self.made += 1;
        let Err(failure) = call.await else { return };
        let error: &declarest::Error = &failure;
        let what = match error.status() {
            None => \"no response\",
            Some(status) if status.is_success() => \"the response does not decode\",
            Some(status) if status.is_server_error() => \"the server failed\",
            Some(_) => \"refused\",
        };
        let body = String::from_utf8_lossy(error.body());
        // Where Prism says what it misses, if its response is one of the document's.
        let violations = error.headers().get(\"sl-violations\");
        let details = violations.and_then(|value| value.to_str().ok());
        let details = details.unwrap_or(&body);
        let wrong = format!(\"{title}: {what}: {error}\\n    {details:.1000}\");
        self.wrong.push(wrong);
    }
";

pub(super) fn file(head: &Head, functions: &[Function]) -> String {
    let (module, root) = &head.root;
    let mut text = introduction(head);
    text.extend(import(module, vec![root.clone(), format!("{root}Client")]));
    text.push_str(&report(&head.report, functions));
    text.push_str(&test(head, functions));
    for each in functions {
        text.push_str(&function(each, &head.report));
    }
    text
}

fn introduction(head: &Head) -> String {
    format!(
        "//! Calls each operation once, with the arguments that it requires, on the server at `BASE_URL`: an example of each
//! call, and a smoke test against a mock server that compares requests with the document.
//!
//!     npx @stoplight/prism-cli mock --errors openapi.json
//!     BASE_URL=http://127.0.0.1:4010 cargo test --test calls -- --nocapture
//!
//! Nothing is called without `BASE_URL`. Needs `tokio` with the features `macros` and `rt`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = \"{}/mod.rs\"]
#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod api;

",
        head.folder
    )
}

/// The struct that keeps what went wrong.
fn report(name: &str, functions: &[Function]) -> String {
    let made = functions.iter().flat_map(|function| &function.calls);
    let mut takes: Vec<Takes> = made
        .filter_map(|call| match call {
            Call::Made { takes, .. } => Some(*takes),
            Call::Left { .. } => None,
        })
        .chain([Takes::All])
        .collect();
    takes.sort_unstable();
    takes.dedup();
    let methods: String = takes.into_iter().map(Takes::definition).collect();
    format!(
        "
/// The calls that were made, and what was wrong with some.
#[derive(Default)]
struct {name} {{
    made: usize,
    wrong: Vec<String>,
}}

impl {name} {{
{methods}}}
"
    )
}

fn test(head: &Head, functions: &[Function]) -> String {
    let (_, root) = &head.root;
    let credential = head.credential.iter().map(|credential| {
        format!("    let credential = {credential};\n    let client = client.auth(credential);\n")
    });
    let calls = functions.iter().map(|function| {
        let api = function.nest.as_ref().map_or_else(|| "&api".to_owned(), |nest| format!("&api.{nest}()"));
        let call =
            Code::List(format!("{}(", function.name), vec![Code::plain(api), Code::plain("&mut calls")]);
        let (line, printed) = (call.line(), call.print(4, ";".len()));
        let end = match (printed == line, 4 + line.len() + ".await;".len() > WIDTH) {
            (true, true) => "\n        .await;\n",
            (true, false) => ".await;\n",
            (false, _) => "\n    .await;\n",
        };
        format!("    {printed}{end}")
    });
    format!(
        "
#[tokio::test]
async fn each_operation_is_accepted() {{
    let Ok(base) = std::env::var(\"BASE_URL\") else {{
        println!(\"skipped: BASE_URL is not set\");
        return;
    }};
    let client = declarest::Client::builder(base).attempts(1);
{}    let client = client.build().unwrap();
    let api = {root}Client::new(client);
    let mut calls = {}::default();
{}    println!(\"{{}} calls, {{}} of them wrong\", calls.made, calls.wrong.len());
    assert!(calls.wrong.is_empty(), \"{{}}\", calls.wrong.join(\"\\n\"));
}}
",
        credential.collect::<String>(),
        head.report,
        calls.collect::<String>()
    )
}

fn function(function: &Function, report: &str) -> String {
    let line = format!("async fn {}(api: &{}, calls: &mut {report}) {{\n", function.name, function.client);
    let broken = || {
        format!(
            "async fn {}(\n    api: &{},\n    calls: &mut {report},\n) {{\n",
            function.name, function.client
        )
    };
    let mut text = format!("\n{}", if line.len() <= WIDTH + 1 { line } else { broken() });
    let uses = function.imports.iter();
    let mut uses: Vec<String> =
        uses.filter_map(|(path, names)| import_within(WIDTH - 4, path, names.clone())).collect();
    uses.sort_by_key(|path| order_of_use(path));
    for line in uses.concat().lines() {
        text.push_str(&format!("    {line}\n"));
    }
    if !uses.is_empty() {
        text.push('\n');
    }
    if !function.calls.iter().any(|call| matches!(call, Call::Made { .. })) {
        text.push_str("    let _ = (api, calls);\n");
    }
    function.calls.iter().for_each(|call| text.push_str(&statements(call)));
    text.push_str("}\n");
    text
}

fn statements(call: &Call) -> String {
    let (title, method, takes, arguments) = match call {
        Call::Made { title, method, takes, arguments } => (title, method, takes, arguments),
        Call::Left { title, reason } => return format!("    // Not called: {title}: {reason}.\n"),
    };
    let mut text = String::new();
    for (name, code) in &arguments.lets {
        text.push_str(&format!("    let {name} = {};\n", code.print(4, name.len() + 8)));
    }
    let made = Code::List(format!("api.{method}("), arguments.given.clone());
    let made = match arguments.options.as_slice() {
        [] => made,
        options => {
            let line = format!("{}{}", made.line(), options.concat());
            let broken =
                || format!("{}\n                {}", made.line(), options.join("\n                "));
            Code::plain(if line.len() > CHAIN_WIDTH { broken() } else { line })
        }
    };
    let name = takes.method();
    let both = vec![Code::plain(format!("{title:?}")), made];
    let line = Code::List(format!("calls.{name}("), both.clone()).line();
    text.push_str(&if line.len() + ".await".len() > CHAIN_WIDTH {
        let broken = Code::List(format!(".{name}("), both).print(8, 0);
        format!("    calls\n        {broken}\n        .await;\n")
    } else {
        format!("    {line}.await;\n")
    });
    text
}
