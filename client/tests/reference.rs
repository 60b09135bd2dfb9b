//! Writes REFERENCE.md from the declarations, and fails where the file says something else.
//!
//! `UPDATE_REFERENCE=1 cargo test -p openai-admin --test reference` writes it anew.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use common::source::members;
use common::{Case, Declaration, Given, cases, declared, newer};
use declarest::{Nest, Parameter, Role};
use openai_admin::{Admin, DEFAULT_BASE_URL};

/// `client.project(project_id).users().list(params)`
fn expression(one: &Declaration) -> String {
    let arguments = |list: &[Parameter]| list.iter().map(|p| p.name).collect::<Vec<_>>().join(", ");
    let mut text = "admin".to_owned();
    for nest in &one.nests {
        write!(text, ".{}({})", api(nest), arguments(nest.parameters)).unwrap();
    }
    write!(text, ".{}({}).await?", one.endpoint.name, arguments(one.endpoint.parameters)).unwrap();
    text
}

/// The name by which a resource is reached: `Admin::project` has both halves of a project.
fn api(nest: &Nest) -> &'static str {
    if nest.name == "project_access" { "project" } else { nest.name }
}

fn anchor(key: &str) -> String {
    key.to_lowercase().replace(' ', "-").replace(['/', '{', '}'], "")
}

/// Members that stand for several names.
const NESTED: [&str; 2] = ["location", "effective_at"];

fn parameters(out: &mut String, one: &Declaration) {
    let path = one.nests.iter().flat_map(|nest| nest.parameters).chain(one.endpoint.parameters);
    let mut rows = String::new();
    for parameter in path {
        let (place, spreads) = match parameter.role {
            Role::Segment => ("path", false),
            Role::Query => ("query", false),
            Role::QueryFlatten => ("query", true),
            _ => ("body", true),
        };
        if !spreads {
            let needed = if parameter.optional { "" } else { "yes" };
            let ty = parameter.ty;
            writeln!(rows, "| `{}` | {place} | `{ty}` | {needed} | |", parameter.name).unwrap();
            continue;
        }
        for member in members(parameter.ty) {
            // An empty list in a query sends nothing; in a content it is a member.
            let is_list = place == "body" && member.ty.starts_with("Vec<");
            let may_be_absent = NESTED.contains(&member.name.as_str()) || member.is_optional() && !is_list;
            let needed = if may_be_absent { "" } else { "yes" };
            writeln!(rows, "| `{}` | {place} | `{}` | {needed} | {} |", member.name, member.ty, member.note)
                .unwrap();
        }
    }
    if !rows.is_empty() {
        write!(out, "| parameter | in | type | needed | |\n|---|---|---|---|---|\n{rows}\n").unwrap();
    }
}

fn section(out: &mut String, one: &Declaration, is_newer: bool, case: &Case, admin: &Admin) {
    let endpoint = &one.endpoint;
    writeln!(out, "### {}\n\n{}\n", one.key, endpoint.docs).unwrap();
    writeln!(out, "```rust\n{}\n```\n", expression(one)).unwrap();
    parameters(out, one);
    let body = endpoint.parameters.iter().any(|parameter| parameter.role == Role::Json);
    let headers = if body { "`Accept`, `Content-Type: application/json`" } else { "`Accept`" };
    let repeated = if endpoint.idempotent {
        "also where it may have taken effect"
    } else {
        "only where it was not sent, or turned away with 429"
    };
    writeln!(out, "Returns `{}` with a 2xx status.", endpoint.returns).unwrap();
    writeln!(out, "Authorization: admin key. Headers: {headers}. Repeated: {repeated}.").unwrap();
    if is_newer {
        writeln!(out, "Newer than the published document: as in the official Python package 3.54.").unwrap();
    }
    writeln!(out, "\n```sh\n{}\n```\n", (case.make)(admin, Given::All).curl).unwrap();
}

fn reference() -> String {
    let admin = Admin::builder("sk-admin-reference").base_url(DEFAULT_BASE_URL).build().unwrap();
    let newer: BTreeSet<&str> = newer().into_iter().map(|operation| operation.key).collect();
    let cases: BTreeMap<&str, Case> = cases::all().into_iter().map(|case| (case.key, case)).collect();
    let declared = declared();
    let mut out = include_str!("reference.head.md").replace("{count}", &declared.len().to_string());
    let mut section_of = "";
    for one in declared.iter().filter(|one| cases.contains_key(one.key.as_str())) {
        if one.nests.first().map_or("", api) != section_of {
            section_of = one.nests.first().map_or("", api);
            writeln!(out, "\n## {section_of}\n\n{}\n", one.nests[0].docs).unwrap();
            writeln!(out, "| method | HTTP request | description |\n|---|---|---|").unwrap();
        }
        let docs = one.endpoint.docs.replace('\n', " ");
        let call = expression(one).replace(".await?", "");
        writeln!(out, "| [`{call}`](#{}) | `{}` | {docs} |", anchor(&one.key), one.key).unwrap();
    }
    out.push_str("\n# Operations\n\n");
    for one in &declared {
        // An endpoint without a case is told by tests/endpoints.rs.
        if let Some(case) = cases.get(one.key.as_str()) {
            section(&mut out, one, newer.contains(one.key.as_str()), case, &admin);
        }
    }
    out.trim_end().to_owned() + "\n"
}

#[test]
fn the_reference_says_what_is_declared() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/REFERENCE.md");
    let written = reference();
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(file, &written).unwrap();
    }
    let found = std::fs::read_to_string(file).unwrap_or_default();
    let differing = written.lines().zip(found.lines()).find(|(written, found)| written != found);
    let same = found == written;
    assert!(
        same,
        "REFERENCE.md is not what the declarations say; UPDATE_REFERENCE=1 writes it. First: {differing:?}"
    );
}

#[test]
fn every_name_of_an_operation_is_explained() {
    for one in declared() {
        let sent = one.endpoint.parameters.iter();
        let spreads = sent.filter(|parameter| [Role::QueryFlatten, Role::Json].contains(&parameter.role));
        for member in spreads.flat_map(|parameter| members(parameter.ty)) {
            assert!(
                NESTED.contains(&member.name.as_str()) || !member.note.is_empty(),
                "{}: {}",
                one.key,
                member.name
            );
        }
    }
}
