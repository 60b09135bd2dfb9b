//! Which endpoint is which operation, and what is there on one side only.

use super::context::Context;
use super::declared::{self, Auth};
use super::report::{Finding, Kind, Report};
use super::{Settings, Verify, contents, parameters, responses, security};
use crate::document::Document;
use crate::model::{Model, Operation};
use crate::paths::{constants, matches, shape};

/// Compares all of it.
pub(super) fn compare(verify: &Verify, document: &Document) -> Report {
    let model = crate::read::read(document);
    let settings = &verify.settings;
    let mut report = Report { declared: verify.declared.len(), ..Report::default() };
    report.findings.extend(model.problems.iter().map(problem));
    let included = |operation: &&Operation<'_>| {
        settings.include.is_empty() || settings.include.iter().any(|glob| matches(glob, operation.path))
    };
    let documented: Vec<&Operation<'_>> = model.operations.iter().filter(included).collect();
    report.documented = documented.len();
    report.findings.extend(idle_filters(settings, &model));
    let servers: Vec<String> = model.servers.iter().map(|url| server_path(url)).collect();
    let operation_of = |code: &declared::Operation| find(code, &model, settings, &servers);
    let pairs: Vec<(&declared::Operation, Option<&Operation<'_>>)> =
        verify.declared.iter().map(|code| (code, operation_of(code))).collect();
    for (code, operation) in &pairs {
        let Some(operation) = operation else {
            report.findings.push(undocumented(code, settings, &model));
            continue;
        };
        report.matched += 1;
        let same =
            pairs.iter().filter(|(_, other)| other.is_some_and(|other| other.pointer == operation.pointer));
        let overloaded = same.count() > 1;
        let mut context = Context { document, settings, code, operation, overloaded, findings: Vec::new() };
        each(&mut context);
        report.findings.append(&mut context.findings);
    }
    let is_declared = |operation: &Operation<'_>| {
        // A client does not send TRACE, and what differs behind `#` only is one operation to a server.
        operation.method == "TRACE"
            || pairs.iter().any(|(_, other)| other.is_some_and(|other| is_same(other, operation)))
    };
    report.findings.extend(
        documented
            .iter()
            .filter(|operation| !is_declared(operation))
            .map(|operation| not_declared(operation, settings)),
    );
    report.findings.extend(outlived(settings, &pairs));
    report
}

/// Whether two operations are one to a server.
fn is_same(one: &Operation<'_>, other: &Operation<'_>) -> bool {
    one.pointer == other.pointer
        || one.method == other.method
            && shape(one.path) == shape(other.path)
            && constants(one.path) == constants(other.path)
}

fn each(context: &mut Context<'_, '_>) {
    parameters::compare(context);
    contents::compare(context);
    responses::compare(context);
    security::compare(context);
}

/// The path of a server's URL.
fn server_path(url: &str) -> String {
    let rest = url
        .split_once("://")
        .map_or(url, |(_, rest)| rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default());
    rest.trim_end_matches('/').to_owned()
}

/// The operation that an endpoint calls. One with constants in its path is nearer than one without.
fn find<'m, 'd>(
    code: &declared::Operation,
    model: &'m Model<'d>,
    settings: &Settings,
    servers: &[String],
) -> Option<&'m Operation<'d>> {
    let wanted = shape(&format!("{}{}", settings.base_path, code.template));
    let same_path = |operation: &&Operation<'_>| {
        let path = shape(operation.path);
        operation.method == code.method
            && (path == wanted || servers.iter().any(|server| format!("{server}{path}") == wanted))
    };
    let has_constants = |operation: &&Operation<'_>| {
        constants(operation.path).iter().all(|pair| code.query.iter().any(|own| own == pair))
    };
    let candidates = model.operations.iter().filter(same_path).filter(has_constants);
    candidates.max_by_key(|operation| {
        let media = operation.body.iter().flat_map(|body| &body.contents);
        let fits = media
            .clone()
            .any(|content| contents::media_of(code).is_some_and(|media| media == content.essence()));
        // `max_by_key` takes the last of equals: the document's first twin should win.
        (constants(operation.path).len(), fits, std::cmp::Reverse(operation.path))
    })
}

fn finding(
    kind: Kind,
    fails: bool,
    operation: String,
    method: &str,
    pointer: &str,
    texts: [&str; 3],
) -> Finding {
    let [document, code, write] = texts.map(str::to_owned);
    Finding {
        kind,
        fails,
        operation,
        method: method.to_owned(),
        pointer: pointer.to_owned(),
        document,
        code,
        write,
    }
}

fn problem(problem: &crate::document::Problem) -> Finding {
    let text = format!("something that cannot be read: {}", problem.message);
    let write = "nothing; this part of the document was left out";
    finding(Kind::Unverified, false, String::new(), "", &problem.pointer, [&text, "", write])
}

fn idle_filters(settings: &Settings, model: &Model<'_>) -> Vec<Finding> {
    let idle = settings
        .include
        .iter()
        .filter(|glob| !model.operations.iter().any(|operation| matches(glob, operation.path)));
    idle.map(|glob| {
        let code = format!("`include_paths([\"{glob}\"])`");
        let write = "a filter that some path of the document matches: `*` is one segment, `**` any number";
        finding(
            Kind::Undocumented,
            true,
            String::new(),
            "",
            "/paths",
            ["no path that the filter matches", &code, write],
        )
    })
    .collect()
}

fn expected<'s>(settings: &'s Settings, code: &declared::Operation) -> Option<&'s super::Expected> {
    settings.expected.iter().find(|expected| is_named(&expected.operation, code, settings))
}

/// Whether `POST /path/{id}` names an endpoint.
fn is_named(operation: &str, code: &declared::Operation, settings: &Settings) -> bool {
    let Some((method, path)) = operation.trim().split_once(' ') else { return false };
    let path = shape(path.trim());
    let own = shape(&code.template);
    method.eq_ignore_ascii_case(code.method)
        && (path == own || path == format!("{}{own}", settings.base_path))
}

fn undocumented(code: &declared::Operation, settings: &Settings, model: &Model<'_>) -> Finding {
    let title = code.title();
    if let Some(expected) = expected(settings, code) {
        let text = format!("an exception: {}", expected.reason);
        return finding(Kind::Undocumented, false, title, &code.name, "", ["nothing", &text, "nothing"]);
    }
    let path = shape(&format!("{}{}", settings.base_path, code.template));
    let others: Vec<&str> = model
        .operations
        .iter()
        .filter(|operation| shape(operation.path) == path)
        .map(|operation| operation.method.as_str())
        .collect();
    let document = if others.is_empty() {
        "no such path".to_owned()
    } else {
        format!("{} on this path", others.join(", "))
    };
    let write =
        format!("the method and path of the document, or `.expect_undocumented(\"{title}\", \"why\")`");
    finding(
        Kind::Undocumented,
        true,
        title.clone(),
        &code.name,
        "",
        [&document, &format!("`{title}`"), &write],
    )
}

fn not_declared(operation: &Operation<'_>, settings: &Settings) -> Finding {
    let title = operation.title();
    let write = format!("an endpoint: `cargo declarest add openapi.json \"{title}\"` prints one");
    let document = if operation.summary.is_empty() {
        "an operation".to_owned()
    } else {
        format!("an operation: {}", operation.summary)
    };
    finding(
        Kind::NotDeclared,
        !settings.declared_only,
        title,
        "",
        &operation.pointer,
        [&document, "nothing", &write],
    )
}

/// Exceptions that do not apply any more.
fn outlived(settings: &Settings, pairs: &[(&declared::Operation, Option<&Operation<'_>>)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for expected in &settings.expected {
        let named = |code: &declared::Operation| is_named(&expected.operation, code, settings);
        let code = format!("`expect_undocumented(\"{}\", …)`", expected.operation);
        match pairs.iter().find(|(code, _)| named(code)) {
            Some((endpoint, Some(operation))) => findings.push(finding(
                Kind::Mismatch,
                true,
                operation.title(),
                &endpoint.name,
                &operation.pointer,
                ["the operation", &code, "nothing: remove the exception, which no longer applies"],
            )),
            Some((_, None)) => {}
            None => findings.push(finding(
                Kind::Mismatch,
                true,
                expected.operation.clone(),
                "",
                "",
                ["", &code, "the method and path of an endpoint that is declared, such as `POST /keys/{key_id}`, or remove the exception"],
            )),
        }
    }
    findings
}

impl Auth {
    pub(super) fn words(self) -> String {
        match self {
            Self::Client => "the client's credential".to_owned(),
            Self::None => "`auth = none`".to_owned(),
            Self::Bearer => "`auth = bearer`".to_owned(),
            Self::Basic => "`auth = basic`".to_owned(),
            Self::Key(name) => format!("`auth = api_key(\"{name}\")`"),
        }
    }
}
