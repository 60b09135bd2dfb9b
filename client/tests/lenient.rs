//! Responses as servers send them, beside what the document says: what each reads as.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::mutations::{self, Mutation};
use common::{cases, samples};
use openai_admin::*;
use serde_json::{Value, json};

/// Row 54.
#[test]
fn every_mutation_of_every_sample_is_read() {
    let cases: std::collections::BTreeMap<_, _> =
        cases::all().into_iter().map(|case| (case.key, case)).collect();
    let (mut read, mut problems) = (0, Vec::new());
    for (key, sample) in samples::all() {
        assert_eq!((cases[key].read)(&sample), Ok(Default::default()), "{key}: the sample itself");
        for Mutation { name, value } in mutations::of(&sample) {
            match (cases[key].read)(&value) {
                Ok(_) => read += 1,
                Err(error) => problems.push(format!("{key}, {name}: {error}")),
            }
        }
    }
    assert!(problems.is_empty(), "{} of {}: {problems:#?}", problems.len(), problems.len() + read);
    assert!(read > 350, "{read}");
}

/// `message`, `type`, `param` and `code` of an error with this body.
fn details(body: Value) -> Option<[Option<String>; 4]> {
    let error: Error = declarest::Error::response(400).with_body(body.to_string()).into();
    error.details().cloned().map(|details| [details.message, details.kind, details.param, details.code])
}

/// Row 55.
#[test]
fn an_odd_member_of_an_error_hides_no_other() {
    let text = |text: &str| Some(text.to_owned());
    for (body, expected) in [
        (
            json!({"error": {"message": "m", "type": "t", "param": null, "code": 429}}),
            Some([text("m"), text("t"), None, text("429")]),
        ),
        (
            json!({"error": {"message": "m", "type": "t", "param": ["a", "b"], "code": "c"}}),
            Some([text("m"), text("t"), text("a, b"), text("c")]),
        ),
        (
            json!({"error": {"message": {"detail": 1}, "param": true}}),
            Some([text(r#"{"detail":1}"#), None, text("true"), None]),
        ),
        (json!({"message": "m", "type": "t", "code": 1}), Some([text("m"), text("t"), None, text("1")])),
        (json!({"error": "m"}), Some([text("m"), None, None, None])),
        (json!({"error": null, "message": "m"}), Some([text("m"), None, None, None])),
        (json!({"ok": true}), None),
        (json!([]), None),
        (json!("m"), None),
    ] {
        assert_eq!(details(body.clone()), expected, "{body}");
    }
}

#[test]
fn a_quota_is_exhausted_without_the_outer_error_too() {
    let body = json!({"message": "m", "code": "insufficient_quota"}).to_string();
    let error: Error = declarest::Error::response(429).with_body(body).into();
    assert!(error.is_insufficient_quota());
}

#[test]
fn a_deleted_certificate_may_come_as_its_id() {
    let deleted: DeletedCertificate = serde_json::from_value(json!({"id": "c"})).unwrap();
    assert_eq!((deleted.id.as_str(), deleted.object), ("c", None));
}

/// Row 54.
#[test]
fn a_time_is_an_integer_however_it_is_written() {
    for text in ["1711471533", "1711471533.0", "1.711471533e9"] {
        let time: Timestamp = serde_json::from_str(text).unwrap();
        assert_eq!(time, Timestamp::from_unix(1_711_471_533), "{text}");
    }
    for text in ["1711471533.5", r#""1711471533""#, "null", "1e300"] {
        assert!(serde_json::from_str::<Timestamp>(text).is_err(), "{text}");
    }
}
