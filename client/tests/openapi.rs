//! The declarations against the document that OpenAI publishes, where the folder with it is at hand (`DECLAREST_SHARED`, or
//! `../shared` beside the repository): operations, names, contents, responses.
//!
//! Contents are compared with `--features testing`, which lets the types of requests be read.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use std::path::PathBuf;

use common::newer;
use declarest_openapi::verify;
use openai_admin::Admin;

/// Members that are newer than the document. Its operations are in newer.tsv.
const NEWER_MEMBERS: &[&str] = &[
    "GET /organization/costs?line_items",
    "AuditLogActorSession.ip_address_details",
    "AuditLogActorSession.user_agent",
    "AuditLogActorSession.ja3",
    "AuditLogActorSession.ja4",
    "ProjectApiKey.expires_at",
    "ProjectApiKey.scopes",
    "ServiceAccountApiKey.expires_at",
    "CostsResult.api_source",
    "CompletionsUsage.api_source",
    "WebSearchCallsUsage.api_source",
];

/// Members of contents that are newer than the document.
#[cfg(feature = "testing")]
const NEWER_CONTENTS: &[&str] = &[
    "NewProject.geography",
    "UpdateProject.geography",
    "NewServiceAccount.expires_in_seconds",
    "NewServiceAccountApiKey.expires_in_seconds",
];
#[cfg(not(feature = "testing"))]
const NEWER_CONTENTS: &[&str] = &[];

#[test]
fn the_declarations_agree_with_the_published_document() {
    let folder = std::env::var_os("DECLAREST_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let Ok(document) = std::fs::read_to_string(folder.join("openai/administration.openapi.json")) else {
        eprintln!("skipped: there is no openai/administration.openapi.json in {}", folder.display());
        return;
    };
    let operations = newer().into_iter().map(|operation| operation.key);
    let exceptions = operations.chain(NEWER_MEMBERS.iter().chain(NEWER_CONTENTS).copied());
    let verify = exceptions.fold(verify::<Admin>(&document), |verify, newer| {
        verify.expect_undocumented(newer, "in the official Python package 3.54")
    });
    let report = verify.report();
    assert!(report.is_ok(), "{report}");
    assert_eq!((report.matched, report.documented), (119, 119));
    assert_eq!((report.query.compared, report.query.documented), (180, 180));
    assert_eq!((report.responses.compared, report.responses.documented), (119, 119));
    if cfg!(feature = "testing") {
        assert_eq!((report.contents.compared, report.contents.documented), (39, 39));
    }
    eprintln!("{}", report.to_string().lines().rev().take(2).collect::<Vec<_>>().join("\n"));
}
