//! Writes REFERENCE.md from the declarations, and fails where the file says something else.
//!
//! `UPDATE_REFERENCE=1 cargo test -p openai-admin --test reference` writes it anew.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use common::source::members;
use common::{Case, Declaration, Given, Operation, cases, declared, operations};
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

fn parameters(out: &mut String, one: &Declaration, operation: &Operation) {
    let path = one.nests.iter().flat_map(|nest| nest.parameters).chain(one.endpoint.parameters);
    let mut rows = String::new();
    for parameter in path {
        let (place, names) = match parameter.role {
            Role::Segment => ("path", None),
            Role::Query => ("query", None),
            Role::QueryFlatten => ("query", Some(&operation.query)),
            _ => ("body", Some(&operation.body)),
        };
        let Some(names) = names else {
            let needed = if parameter.optional { "" } else { "yes" };
            let ty = parameter.ty;
            writeln!(rows, "| `{}` | {place} | `{ty}` | {needed} | |", parameter.name).unwrap();
            continue;
        };
        for member in members(parameter.ty) {
            let required = names.iter().any(|name| name.text == member.name && name.required);
            let needed = if required { "yes" } else { "" };
            writeln!(rows, "| `{}` | {place} | `{}` | {needed} | {} |", member.name, member.ty, member.note)
                .unwrap();
        }
    }
    if !rows.is_empty() {
        write!(out, "| parameter | in | type | needed | |\n|---|---|---|---|---|\n{rows}\n").unwrap();
    }
}

fn section(out: &mut String, one: &Declaration, operation: &Operation, case: &Case, admin: &Admin) {
    let endpoint = &one.endpoint;
    writeln!(out, "### {}\n\n{}\n", one.key, endpoint.docs).unwrap();
    writeln!(out, "```rust\n{}\n```\n", expression(one)).unwrap();
    parameters(out, one, operation);
    let body = endpoint.parameters.iter().any(|parameter| parameter.role == Role::Json);
    let headers = if body { "`Accept`, `Content-Type: application/json`" } else { "`Accept`" };
    let repeated = if endpoint.idempotent {
        "also where it may have taken effect"
    } else {
        "only where it was not sent, or turned away with 429"
    };
    writeln!(out, "Returns `{}` with a 2xx status.", endpoint.returns).unwrap();
    writeln!(out, "Authorization: admin key. Headers: {headers}. Repeated: {repeated}.").unwrap();
    if !operation.in_document {
        writeln!(out, "Newer than the published document: as in the official Python package 3.54.").unwrap();
    }
    writeln!(out, "\n```sh\n{}\n```\n", (case.make)(admin, Given::All).curl).unwrap();
}

fn reference() -> String {
    let admin = Admin::builder("sk-admin-reference").base_url(DEFAULT_BASE_URL).build().unwrap();
    let table: BTreeMap<String, Operation> = operations().into_iter().map(|o| (o.key.clone(), o)).collect();
    let cases: BTreeMap<&str, Case> = cases::all().into_iter().map(|case| (case.key, case)).collect();
    let declared = declared();
    let mut out = include_str!("reference.head.md").replace("{count}", &declared.len().to_string());
    let mut section_of = "";
    for one in declared.iter().filter(|one| table.contains_key(&one.key)) {
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
        // An endpoint without these is told by tests/endpoints.rs.
        if let (Some(operation), Some(case)) = (table.get(&one.key), cases.get(one.key.as_str())) {
            section(&mut out, one, operation, case, &admin);
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
    let table: BTreeMap<String, Operation> = operations().into_iter().map(|o| (o.key.clone(), o)).collect();
    for one in declared() {
        let Some(operation) = table.get(&one.key) else { continue };
        for (role, names) in [(Role::QueryFlatten, &operation.query), (Role::Json, &operation.body)] {
            let Some(parameter) = one.endpoint.parameters.iter().find(|parameter| parameter.role == role)
            else {
                continue;
            };
            let members = members(parameter.ty);
            let nested = ["location", "effective_at"];
            for member in members.iter().filter(|member| !nested.contains(&member.name.as_str())) {
                assert!(!member.note.is_empty(), "{}: {}", one.key, member.name);
                assert!(names.iter().any(|name| name.text == member.name), "{}: {}", one.key, member.name);
            }
        }
    }
}
