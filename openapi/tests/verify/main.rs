//! Verification: what agrees is silent, and what differs is reported with what to write.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    clippy::print_stdout,
    dead_code
)] // Tests.

mod bad_input;
mod mutations;
mod real;
mod roles;
mod store;

use declarest::{Call, api};
use declarest_openapi::{Finding, Kind, Report, verify};
use serde::Serialize;
use serde_json::{Value, json};

use crate::mutations::{SET, apply};
use crate::store::{DOCUMENT, HealthClient, Key, KeysClient, RootClient, document};

pub(crate) fn report(document: &Value) -> Report {
    verify::<RootClient>(&document.to_string()).report()
}

pub(crate) fn found(report: &Report) -> Vec<(Kind, bool, String, String)> {
    let short = |finding: &Finding| {
        let method =
            if finding.method.is_empty() { finding.operation.clone() } else { finding.method.clone() };
        (finding.kind, finding.fails, method, finding.pointer.clone())
    };
    report.findings.iter().map(short).collect()
}

#[test]
fn what_agrees_is_silent() {
    let report = report(&document());
    assert!(report.findings.is_empty(), "{report}");
    assert_eq!((report.declared, report.documented, report.matched), (6, 6, 6));
}

/// A type that does not decode, and one that names a parameter of the method.
#[api]
trait Unknown {
    #[post("/v2/keys")]
    fn create(
        &self,
        #[query] dry: Option<bool>,
        #[header("X-Version")] version: &str,
        #[json] key: &SentKey,
    ) -> Call<Key>;

    #[post("/v2/keys/{id}/notes")]
    fn note<T: Serialize>(&self, id: &str, #[json] note: &T) -> Call<()>;
}

#[derive(Serialize)]
struct SentKey {
    name: String,
}

#[test]
fn what_cannot_be_compared_is_unverified_and_says_why() {
    let report = verify::<UnknownClient>(DOCUMENT).declared_only().report();
    assert!(report.is_ok(), "{report}");
    let unverified: Vec<&Finding> =
        report.findings.iter().filter(|finding| finding.kind == Kind::Unverified).collect();
    assert_eq!(unverified.len(), 2, "{report}");
    assert_eq!(unverified[0].code, "`key: &SentKey`, which does not implement `serde::Deserialize`");
    assert_eq!(unverified[1].code, "`note: &T`, whose type names a generic parameter of the method");
    assert_eq!((report.contents.compared, report.contents.documented), (0, 2));
    assert_eq!((report.responses.compared, report.responses.documented), (1, 1));
}

#[test]
fn a_path_filter_limits_what_has_to_be_declared() {
    let only_health = verify::<HealthClient>(DOCUMENT);
    assert_eq!(only_health.report().failures().count(), 5);
    let filtered = verify::<HealthClient>(DOCUMENT).include_paths(["/health"]).report();
    assert!(filtered.is_ok(), "{filtered}");
    assert_eq!(filtered.documented, 1);
    let news = verify::<HealthClient>(DOCUMENT).declared_only().report();
    assert!(news.is_ok(), "{news}");
    assert_eq!(news.findings.len(), 5);
}

#[test]
fn a_base_path_stands_in_front_of_each_template() {
    let report = verify::<KeysClient>(DOCUMENT).base_path("/v2").report();
    let failures: Vec<&str> = report.failures().map(|finding| finding.operation.as_str()).collect();
    assert_eq!(failures, ["GET /health"]);
}

#[test]
fn the_report_has_three_formats() {
    let mut document = document();
    apply(&mut document, "/paths/~1v2~1keys~1{key_id}/delete/parameters/0/required", SET, &json!(false));
    let report = report(&document);
    let text = report.to_string();
    assert_eq!(
        text,
        "DELETE /v2/keys/{key_id} (Keys::delete)
  mismatch
    document  `reason` is optional
    at        #/paths/~1v2~1keys~1{key_id}/delete/parameters/0
    code      `reason: &str`
    write     `reason: Option<&str>`
6 endpoints declared, 6 operations documented; compared: 6 operations, 5 of 5 query names, 2 of 2 contents, 4 of 4 responses, 1 of 1 error bodies
1 mismatches, 0 not declared, 0 undocumented, 0 unverified; 1 of them fail
"
    );
    let json: Value = serde_json::from_str(&report.print("json".parse().unwrap())).unwrap();
    assert_eq!(json["ok"], false);
    assert_eq!(json["findings"][0]["kind"], "mismatch");
    let github = report.print("github".parse().unwrap());
    assert!(
        github.starts_with(
            "::error title=mismatch%3A DELETE /v2/keys/{key_id} (Keys%3A%3Adelete)::the document says"
        ),
        "{github}"
    );
    assert_eq!(
        "xml".parse::<declarest_openapi::Format>().unwrap_err(),
        "`xml` is not a format: write text, json or github"
    );
}
