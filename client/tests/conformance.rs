//! The crate against what OpenAI publishes, where the folder with it is at hand (`DECLAREST_SHARED`).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::print_stderr)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use common::{Given, cases, enums, newer};
use openai_admin::Admin;
use serde_json::Value;

/// A file of the folder, or `None` and a line that says that the check is skipped.
fn shared(file: &str) -> Option<Value> {
    let Some(folder) = std::env::var_os("DECLAREST_SHARED") else {
        eprintln!("skipped: DECLAREST_SHARED is not set, so there is no {file}");
        return None;
    };
    let text = std::fs::read_to_string(PathBuf::from(folder).join("openai").join(file)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// Every enum of the document: the last names on the way to it, and its values. One that only names the kind of its
/// object has one value and is left out.
fn document_enums(document: &Value) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    let mut rest = vec![(Vec::<String>::new(), document)];
    while let Some((way, here)) = rest.pop() {
        match here {
            Value::Object(members) => {
                let values = members.get("enum").and_then(Value::as_array);
                if let Some(values) = values.filter(|_| way.last().is_some_and(|name| name != "object")) {
                    let values = values.iter().map(|value| value.as_str().unwrap().to_owned()).collect();
                    found.push((way.join(" "), values));
                }
                // A parameter is known by its name, a path by its words.
                let own = members.get("in").and_then(|_| members["name"].as_str());
                for (key, value) in members {
                    let silent = [
                        "properties",
                        "schema",
                        "schemas",
                        "components",
                        "paths",
                        "items",
                        "anyOf",
                        "parameters",
                    ];
                    let mut way = way.clone();
                    if let Some(own) = own {
                        way.push(own.to_owned());
                    } else if !silent.contains(&key.as_str()) {
                        way.extend(
                            key.split('/')
                                .filter(|word| !word.is_empty() && !word.starts_with('{'))
                                .map(Into::into),
                        );
                    }
                    if !["example", "examples", "x-oaiMeta", "description"].contains(&key.as_str()) {
                        rest.push((way, value));
                    }
                }
            }
            Value::Array(items) => rest.extend(items.iter().map(|item| (way.clone(), item))),
            _ => {}
        }
    }
    found
}

/// Whether an enum stands where its place says: the place's last name is the way's last, the others come before.
fn stands_at(way: &str, place: &str) -> bool {
    let mut way = way.split(' ').rev();
    let mut place = place.split(' ').rev();
    place.next() == way.next() && place.all(|name| way.any(|word| word == name))
}

#[test]
fn enum_values_agree_with_the_document() {
    let Some(document) = shared("administration.openapi.json") else { return };
    let (declared, mut published, mut news) = (enums::in_the_document(), BTreeMap::new(), BTreeSet::new());
    for (way, values) in document_enums(&document) {
        // The place that says most: the roles of an invite's projects are not those of the invite.
        let at = declared.iter().flat_map(|one| one.places.iter().map(move |place| (*place, one)));
        match at.filter(|(place, _)| stands_at(&way, place)).max_by_key(|(place, _)| place.len()) {
            Some((_, one)) => published.entry(one.name).or_insert_with(BTreeSet::new).extend(values),
            None if enums::TEXTS.iter().any(|place| stands_at(&way, place)) => {}
            None => _ = news.insert(format!("`{way}` has no enum: {values:?}")),
        }
    }
    for one in &declared {
        let found = published.remove(one.name).unwrap_or_default();
        let known = |value: &&String| (one.knows)(value);
        news.extend(
            found.iter().filter(|value| !known(value)).map(|value| format!("{} lacks `{value}`", one.name)),
        );
        let documented = |value: &str| found.contains(value);
        for value in &one.values {
            match (documented(value), one.newer.contains(&value.as_str())) {
                (false, false) => {
                    _ = news.insert(format!("{} has `{value}`, the document does not", one.name));
                }
                (true, true) => drop(news.insert(format!("{}: `{value}` is documented now", one.name))),
                _ => {}
            }
        }
    }
    assert!(
        news.is_empty(),
        "news of the document, to be taken into src/ and tests/common/enums.rs: {news:#?}"
    );
    eprintln!("{} enums agree with the document", declared.len());
}

/// The example as published, or mended: seven have commas before a closing bracket, which is no JSON.
fn mended(example: &Value) -> Value {
    let Some(text) = example["UNPARSED"].as_str() else { return example.clone() };
    let mut mended = String::new();
    for (at, c) in text.char_indices() {
        let dangling = c == ',' && text[at + 1..].trim_start().starts_with(['}', ']']);
        if !dangling {
            mended.push(c);
        }
    }
    serde_json::from_str(&mended).unwrap()
}

#[test]
fn every_official_example_is_read_and_no_field_is_lost() {
    let Some(examples) = shared("administration.examples.json") else { return };
    let cases: BTreeMap<_, _> = cases::all().into_iter().map(|case| (case.key, case)).collect();
    let (mut read, mut problems) = (0, Vec::new());
    for (key, example) in examples.as_object().unwrap() {
        let Some(case) = cases.get(key.as_str()) else { continue };
        match (case.read)(&mended(example)) {
            Ok(ignored) if ignored.is_empty() => read += 1,
            Ok(ignored) => problems.push(format!("{key}: not read: {ignored:?}")),
            Err(error) => problems.push(format!("{key}: {error}")),
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    eprintln!("{read} official examples read, no field lost");
}

#[test]
fn the_official_audit_log_survives_a_round_trip() {
    let Some(examples) = shared("administration.examples.json") else { return };
    let page = mended(&examples["GET /organization/audit_logs"]);
    for event in page["data"].as_array().unwrap() {
        let log: openai_admin::AuditLog = serde_json::from_value(event.clone()).unwrap();
        assert!(log.other.is_empty(), "{:?}", log.other);
        assert_eq!(without_nulls(serde_json::to_value(&log).unwrap()), *event);
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            members.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, without_nulls(v))).collect()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        value => value,
    }
}

#[tokio::test]
async fn every_published_operation_is_called_without_violation() {
    let Ok(base) = std::env::var("DECLAREST_OPENAI_MOCK") else {
        eprintln!("skipped: DECLAREST_OPENAI_MOCK is not set, so there is no mock server to call");
        return;
    };
    let admin = Admin::builder("sk-admin-conformance").base_url(base).build().unwrap();
    let newer: BTreeSet<&str> = newer().into_iter().map(|operation| operation.key).collect();
    let mut published = cases::all();
    published.retain(|case| !newer.contains(case.key));
    let (mut called, mut problems) = (0, Vec::new());
    for case in &published {
        for given in [Given::Required, Given::All] {
            called += 1;
            if let Err(error) = (case.make)(&admin, given).run.await {
                let body = String::from_utf8_lossy(error.body()).into_owned();
                problems.push(format!("{} ({given:?}): {error}: {body}", case.key));
            }
        }
    }
    assert!(problems.is_empty(), "{} of {called}: {problems:#?}", problems.len());
    assert_eq!(called, 2 * published.len());
    eprintln!("{called} calls of {} operations, no violation", published.len());
}
