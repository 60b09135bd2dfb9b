//! Which endpoint is which operation, and what is there on one side only.

use std::collections::BTreeSet;

use super::context::Context;
use super::declared::{self, Auth};
use super::report::{Finding, Kind, Report};
use super::structs::Structs;
use super::{Settings, Verify, contents, exceptions, parameters, responses, security};
use crate::document::Document;
use crate::model::{Model, Operation};
use crate::paths::{constants, matches, shape};

/// Compares all of it.
pub(super) fn compare(verify: &Verify, document: &Document) -> Report {
    let model = crate::read::read(document);
    let settings = &verify.settings;
    let (mut structs, mut seen) = (Structs::default(), BTreeSet::new());
    let mut report = Report { declared: verify.declared.len(), ..Report::default() };
    report.findings.extend(model.problems.iter().map(problem));
    let included = |operation: &&Operation<'_>| {
        settings.include.is_empty() || settings.include.iter().any(|glob| matches(glob, operation.path))
    };
    let documented: Vec<&Operation<'_>> = model.operations.iter().filter(included).collect();
    report.documented = documented.len();
    report.findings.extend(idle_filters(settings, &model));
    let servers: Vec<String> = model.servers.iter().map(|url| server_path(url)).collect();
    let operation_of = |code: &declared::Operation| {
        let twins = find(code, &model, settings, &servers);
        nearest(code, &twins, document, settings)
    };
    let pairs: Vec<(&declared::Operation, Option<&Operation<'_>>)> =
        verify.declared.iter().map(|code| (code, operation_of(code))).collect();
    for (code, operation) in &pairs {
        if code.template.is_empty() && code.has_url() {
            report.findings.push(anywhere(code));
            continue;
        }
        let Some(operation) = operation else {
            report.findings.push(undocumented(code, settings, &model));
            continue;
        };
        report.matched += 1;
        report.findings.extend(operation.broken(document, &mut seen).iter().map(problem));
        let same =
            pairs.iter().filter(|(_, other)| other.is_some_and(|other| other.pointer == operation.pointer));
        let overloaded = same.count() > 1;
        let mut context = Context::new(document, settings, (code, operation), overloaded, &mut structs);
        each(&mut context);
        report.findings.append(&mut context.findings);
        report.query.add(context.query);
        report.contents.add(context.contents);
        report.responses.add(context.responses);
        report.errors.add(context.errors);
    }
    report.findings.extend(structs.undocumented());
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
    exceptions::apply(settings, &mut report.findings, &pairs);
    report.group();
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

/// The operations that an endpoint may call: several, if the document tells twins apart by what stands behind `#`. One with
/// constants in its path is nearer than one without.
fn find<'m, 'd>(
    code: &declared::Operation,
    model: &'m Model<'d>,
    settings: &Settings,
    servers: &[String],
) -> Vec<&'m Operation<'d>> {
    let wanted = shape(&format!("{}{}", settings.base_path, code.template));
    let same_path = |operation: &&Operation<'_>| {
        let path = shape(operation.path);
        operation.method == code.method
            && (path == wanted || servers.iter().any(|server| format!("{server}{path}") == wanted))
    };
    let has_constants = |operation: &&Operation<'_>| {
        constants(operation.path).iter().all(|pair| code.query.iter().any(|own| own == pair))
    };
    let mut found: Vec<&Operation<'d>> =
        model.operations.iter().filter(same_path).filter(has_constants).collect();
    let rank = |operation: &&Operation<'_>| {
        let mut media = operation.body.iter().flat_map(|body| &body.contents);
        let fits =
            media.any(|content| contents::media_of(code).is_some_and(|media| media == content.essence()));
        (constants(operation.path).len(), fits)
    };
    let best = found.iter().map(rank).max();
    found.retain(|operation| Some(rank(operation)) == best);
    found
}

/// Of twins, the one that differs least; of equals, the first.
fn nearest<'m, 'd>(
    code: &declared::Operation,
    twins: &[&'m Operation<'d>],
    document: &'d Document,
    settings: &Settings,
) -> Option<&'m Operation<'d>> {
    if let [] | [_] = twins {
        return twins.first().copied();
    }
    let differs = |operation: &&&'m Operation<'d>| {
        let mut structs = Structs::default();
        let mut context = Context::new(document, settings, (code, operation), false, &mut structs);
        each(&mut context);
        context.findings.iter().filter(|finding| finding.kind != Kind::Unverified).count()
    };
    twins.iter().min_by_key(differs).copied()
}

pub(super) fn finding(
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
        exception: String::new(),
    }
}

fn problem(problem: &crate::document::Problem) -> Finding {
    let text = format!("something that cannot be read: {}", problem.message);
    let write =
        "nothing: this part of the document is read as any value, or left out; its author can mend it";
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

/// An endpoint whose argument is the whole URL.
fn anywhere(code: &declared::Operation) -> Finding {
    let texts = ["", "its URL is an argument, so it is any operation", "nothing"];
    finding(Kind::Unverified, false, String::new(), &code.name, "", texts)
}

fn undocumented(code: &declared::Operation, settings: &Settings, model: &Model<'_>) -> Finding {
    let title = code.title();
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
    let texts = [document.as_str(), &format!("`{title}`"), &write];
    let mut finding = finding(Kind::Undocumented, true, title.clone(), &code.name, "", texts);
    finding.exception = title;
    finding
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
