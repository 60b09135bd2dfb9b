//! What the author knows to be undocumented, and exceptions that do not apply any more.

use super::declared;
use super::operations::finding;
use super::report::{Finding, Kind};
use super::{Expected, Settings};
use crate::model::Operation;
use crate::paths::shape;

/// Accepts what is expected, and adds a failure for each exception that accepts nothing.
pub(super) fn apply(
    settings: &Settings,
    findings: &mut Vec<Finding>,
    pairs: &[(&declared::Operation, Option<&Operation<'_>>)],
) {
    for expected in &settings.mismatches {
        let at = |finding: &Finding| finding.kind == Kind::Mismatch && finding.pointer == expected.what;
        if !accept(findings, expected, at) {
            let code = format!("`expect_mismatch(\"#{}\", …)`", expected.what);
            let texts =
                ["nothing that differs", &code, "nothing: remove the exception, which no longer applies"];
            findings.push(finding(Kind::Mismatch, true, String::new(), "", &expected.what, texts));
        }
    }
    for expected in &settings.expected {
        let named = |finding: &Finding| is_named(&expected.what, &finding.exception, settings);
        if !accept(findings, expected, named) {
            findings.push(outlived(expected, settings, pairs));
        }
    }
}

/// Makes news of findings, and returns whether there were any.
fn accept(findings: &mut [Finding], expected: &Expected, is_meant: impl Fn(&Finding) -> bool) -> bool {
    let mut applies = false;
    for finding in findings.iter_mut().filter(|finding| is_meant(finding)) {
        finding.fails = false;
        finding.code = format!("{}, an exception: {}", finding.code, expected.reason);
        finding.write = "nothing".to_owned();
        applies = true;
    }
    applies
}

/// Whether an exception names what a finding is about. The names of placeholders do not count, nor does the base path.
fn is_named(expected: &str, found: &str, settings: &Settings) -> bool {
    let (Some((method, path)), Some((own_method, own_path))) =
        (expected.split_once(' '), found.split_once(' '))
    else {
        return !found.is_empty() && expected == found;
    };
    let parts = |path: &str| {
        let end = path.find(['?', '#']).unwrap_or(path.len());
        let (path, rest) = path.split_at(end);
        (shape(path.trim()), rest.to_owned())
    };
    let ((path, rest), (own, own_rest)) = (parts(path), parts(own_path));
    method.eq_ignore_ascii_case(own_method)
        && rest == own_rest
        && (path == own || path == format!("{}{own}", settings.base_path))
}

fn outlived(
    expected: &Expected,
    settings: &Settings,
    pairs: &[(&declared::Operation, Option<&Operation<'_>>)],
) -> Finding {
    let code = format!("`expect_undocumented(\"{}\", …)`", expected.what);
    let named = |code: &declared::Operation| is_named(&expected.what, &code.title(), settings);
    if let Some((endpoint, Some(operation))) = pairs.iter().find(|(code, _)| named(code)) {
        let texts = ["the operation", &code, "nothing: remove the exception, which no longer applies"];
        return finding(Kind::Mismatch, true, operation.title(), &endpoint.name, &operation.pointer, texts);
    }
    let write = "nothing: remove the exception. It is documented, or the code does not declare it: an exception is an \
                 endpoint such as `POST /keys/{key_id}`, a name of its query such as `GET /keys?limit`, or a member such as `Key.id`";
    finding(Kind::Mismatch, true, expected.what.clone(), "", "", ["", &code, write])
}
