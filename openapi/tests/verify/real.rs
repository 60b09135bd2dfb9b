//! Examples of this repository against the documents that their vendors publish, where those are at hand: `../shared`.
//!
//! The client of OpenAI's Administration API has a test of its own: `client/tests/openapi.rs`.

use std::path::Path;

use declarest_examples::apis::github::GitHubClient;
use declarest_openapi::verify;

/// A published document.
fn shared(path: &str) -> Option<String> {
    let found =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path));
    if found.is_err() {
        println!("skipped: there is no ../shared/{path}");
    }
    found.ok()
}

/// Where the excerpt knows better than this edition of the document, or takes a part of it.
const GITHUB: &[(&str, &str)] = &[
    (
        "#/components/schemas/issue-search-result-item/properties/state",
        "a text to the document; two to its prose",
    ),
    ("#/components/schemas/issue-simple/properties/state", "as above"),
    ("#/components/schemas/issue/properties/state", "as above"),
    ("#/components/schemas/issue-comment/properties/body", "always there"),
    ("#/components/schemas/file-commit/properties/content/properties/path", "always there"),
    ("#/components/schemas/content-directory/items", "the excerpt asks for files only"),
    (
        "#/paths/~1repos~1{owner}~1{repo}~1contents~1{path}/get/responses/200/content/application~1json/schema",
        "the excerpt asks for files only",
    ),
    (
        "#/paths/~1markdown/post/requestBody/content/application~1json/schema/properties/mode",
        "the excerpt always sends it",
    ),
    (
        "#/paths/~1repos~1{owner}~1{repo}~1pulls~1{pull_number}~1merge/put/requestBody/content/application~1json/schema/properties/sha",
        "the excerpt always sends it",
    ),
    (
        "#/paths/~1repos~1{owner}~1{repo}~1pulls~1{pull_number}~1merge/put/requestBody/content/application~1json/schema/properties/merge_method",
        "the excerpt always sends it",
    ),
    (
        "#/paths/~1repos~1{owner}~1{repo}~1pulls~1{pull_number}/get/responses/200/content/application~1json",
        "the diff is described in prose",
    ),
    (
        "#/paths/~1repos~1{owner}~1{repo}~1releases~1assets~1{asset_id}/get/responses/200/content/application~1json",
        "the file is described in prose",
    ),
];

#[test]
fn the_excerpt_of_githubs_api_agrees_with_its_document() {
    let Some(document) = shared("openapi/github.json") else { return };
    let verify = GITHUB.iter().fold(verify::<GitHubClient>(&document), |verify, (pointer, reason)| {
        verify.expect_mismatch(pointer, reason)
    });
    let report = verify
        .declared_only()
        .expect_undocumented(
            "GET /repos/{owner}/{repo}/compare/{base}...{head}",
            "the document writes it otherwise",
        )
        .report();
    assert!(report.is_ok(), "{report}");
}
