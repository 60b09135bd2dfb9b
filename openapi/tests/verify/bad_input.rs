//! Documents and settings that are wrong: a clear message each.

use declarest_openapi::{Document, Kind, Report, Verify, verify};
use serde_json::json;

use crate::store::{DOCUMENT, KeysClient, RootClient, document};

fn first(report: &Report) -> &str {
    &report.findings[0].write
}

#[test]
fn there_is_no_document() {
    let report = Verify::new::<RootClient>(Document::open("no/such/openapi.json")).report();
    assert!(!report.is_ok());
    assert!(first(&report).starts_with("the document cannot be read: no/such/openapi.json: "), "{report}");
}

#[test]
fn it_is_another_kind_of_document() {
    for (text, expected) in [
        ("asyncapi: 2.0.0", "it is an AsyncAPI document"),
        ("swagger: '1.2'", "Swagger 1.2 is not supported: convert it to OpenAPI 3"),
        ("<html>", "not an OpenAPI document"),
        ("", "not an OpenAPI document"),
        ("{\"openapi\": ", "line 1"),
    ] {
        let report = verify::<RootClient>(text).report();
        assert!(!report.is_ok() && first(&report).contains(expected), "{text}: {report}");
    }
}

/// What is left of the document is compared.
#[test]
fn a_reference_leads_nowhere_or_in_a_circle() {
    for (schema, expected) in [
        (
            json!({"$ref": "#/components/schemas/Gone"}),
            "the reference `#/components/schemas/Gone` leads nowhere",
        ),
        (
            json!({"$ref": "#/components/schemas/Owner"}),
            "the reference `#/components/schemas/Owner` leads in a circle",
        ),
    ] {
        let mut document = document();
        document["components"]["schemas"]["Owner"] = schema;
        let report = verify::<RootClient>(&document.to_string()).report();
        let found = report.findings.iter().find(|finding| finding.document.contains(expected));
        let found = found.unwrap_or_else(|| panic!("{expected}\n{report}"));
        assert!(found.kind == Kind::Unverified && !found.fails, "{report}");
        assert_eq!(report.matched, 6);
    }
}

#[test]
fn a_path_filter_matches_nothing() {
    let report = verify::<RootClient>(DOCUMENT).include_paths(["/v3/**"]).report();
    assert!(!report.is_ok());
    assert!(report.to_string().contains("no path that the filter matches"), "{report}");
}

#[test]
fn an_exception_does_not_apply() {
    for (exception, expected) in [
        ("GET /health", "remove the exception, which no longer applies"),
        ("GET /gone", "remove the exception. It is documented, or the code does not declare it"),
        ("GET /v2/keys?limit", "remove the exception. It is documented, or the code does not declare it"),
        ("Key.id", "remove the exception. It is documented, or the code does not declare it"),
    ] {
        let report = verify::<RootClient>(DOCUMENT).expect_undocumented(exception, "it was new").report();
        assert_eq!(report.failures().count(), 1, "{report}");
        assert!(report.to_string().contains(expected), "{exception}\n{report}");
    }
}

#[test]
fn an_exception_accepts_a_name_of_the_query_and_a_member() {
    let mut document = document();
    let list = &mut document["paths"]["/v2/keys"]["get"]["parameters"];
    list.as_array_mut().unwrap().retain(|parameter| parameter["name"] != "limit");
    document["components"]["schemas"]["Key"]["properties"].as_object_mut().unwrap().remove("owner");
    let verify = || verify::<RootClient>(&document.to_string());
    assert_eq!(verify().report().failures().count(), 2, "{}", verify().report());
    let excepted = verify()
        .expect_undocumented("GET /v2/keys?limit", "new")
        .expect_undocumented("Key.owner", "new")
        .report();
    assert!(excepted.is_ok(), "{excepted}");
    assert!(excepted.to_string().contains("an exception: new"), "{excepted}");
}

#[test]
fn a_mismatch_is_accepted_until_it_is_gone() {
    let mut document = document();
    document["components"]["schemas"]["Key"]["properties"]["id"]["type"] = json!("integer");
    let verify = |document: &serde_json::Value| {
        verify::<RootClient>(&document.to_string())
            .expect_mismatch("#/components/schemas/Key/properties/id", "the document is wrong: ids are texts")
            .report()
    };
    let accepted = verify(&document);
    assert!(accepted.is_ok(), "{accepted}");
    let outlived = verify(&self::document());
    assert!(outlived.to_string().contains("remove the exception, which no longer applies"), "{outlived}");
}

#[test]
fn a_base_path_is_not_that_of_the_document() {
    let report = verify::<KeysClient>(DOCUMENT).base_path("/v9").report();
    assert!(report.failures().any(|finding| finding.document == "no such path"), "{report}");
}
