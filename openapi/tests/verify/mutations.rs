//! Each kind of difference is found where it is, and nothing else is.

use declarest_openapi::{Kind, Report};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::store::document;
use crate::{found, report};

/// One change of the document: where, what becomes of the value there, and what has to be found: kind, whether it
/// fails, method, and how the pointer begins.
type Mutation = (&'static str, &'static str, Value, (Kind, bool, &'static str, &'static str));

pub(crate) const REMOVE: &str = "remove";
pub(crate) const SET: &str = "set";
const PUSH: &str = "push";
const RENAME: &str = "rename";

fn mutations() -> Vec<Mutation> {
    use Kind::{Mismatch, NotDeclared, Undocumented};
    vec![
        // Paths and methods.
        ("/paths/~1health", RENAME, json!("/healthz"), (Undocumented, true, "Root::health", "")),
        (
            "/paths/~1health",
            RENAME,
            json!("/healthz"),
            (NotDeclared, true, "GET /healthz", "/paths/~1healthz/get"),
        ),
        ("/paths/~1v2~1keys/get", REMOVE, json!(null), (Undocumented, true, "Keys::list", "")),
        (
            "/paths/~1v2~1keys/put",
            SET,
            json!({"responses": {}}),
            (NotDeclared, true, "PUT /v2/keys", "/paths/~1v2~1keys/put"),
        ),
        // Parameters: renamed, added, removed, retyped, required or optional, list style, enum.
        (
            "/paths/~1v2~1keys/get/parameters/2/name",
            SET,
            json!("page_size"),
            (NotDeclared, true, "Keys::list", "/paths/~1v2~1keys/get/parameters/2"),
        ),
        (
            "/paths/~1v2~1keys/get/parameters/2/name",
            SET,
            json!("page_size"),
            (Undocumented, true, "Keys::list", "/paths/~1v2~1keys/get"),
        ),
        (
            "/paths/~1v2~1keys/post/parameters",
            PUSH,
            json!({"in": "query", "name": "new", "required": true}),
            (Mismatch, true, "Keys::create", "/paths/~1v2~1keys/post/parameters/2"),
        ),
        (
            "/paths/~1v2~1keys/post/parameters",
            PUSH,
            json!({"in": "header", "name": "X-New"}),
            (NotDeclared, true, "Keys::create", "/paths/~1v2~1keys/post/parameters/2"),
        ),
        (
            "/paths/~1v2~1keys/post/parameters/0",
            REMOVE,
            json!(null),
            (Undocumented, true, "Keys::create", "/paths/~1v2~1keys/post"),
        ),
        (
            "/paths/~1v2~1keys~1{key_id}/get/parameters/0",
            REMOVE,
            json!(null),
            (Undocumented, true, "Keys::get", "/paths/~1v2~1keys~1{key_id}/get"),
        ),
        (
            "/paths/~1v2~1keys/get/parameters/2/schema/type",
            SET,
            json!("string"),
            (Mismatch, true, "Keys::list", "/paths/~1v2~1keys/get/parameters/2/schema"),
        ),
        (
            "/paths/~1v2~1keys/get/parameters/1/schema/items/type",
            SET,
            json!("integer"),
            (Mismatch, true, "Keys::list", "/paths/~1v2~1keys/get/parameters/1/schema"),
        ),
        (
            "/paths/~1v2~1keys/post/parameters/0/schema/type",
            SET,
            json!("array"),
            (Mismatch, true, "Keys::create", "/paths/~1v2~1keys/post/parameters/0/schema"),
        ),
        (
            "/paths/~1v2~1keys~1{key_id}/parameters/0/schema/type",
            SET,
            json!("integer"),
            (Mismatch, true, "Keys::get", "/paths/~1v2~1keys~1{key_id}/parameters/0/schema"),
        ),
        (
            "/paths/~1v2~1keys/post/parameters/0/required",
            SET,
            json!(true),
            (Mismatch, true, "Keys::create", "/paths/~1v2~1keys/post/parameters/0"),
        ),
        (
            "/paths/~1v2~1keys~1{key_id}/delete/parameters/0/required",
            SET,
            json!(false),
            (Mismatch, true, "Keys::delete", "/paths/~1v2~1keys~1{key_id}/delete/parameters/0"),
        ),
        (
            "/paths/~1v2~1keys/get/parameters/1/explode",
            SET,
            json!(true),
            (Mismatch, true, "Keys::list", "/paths/~1v2~1keys/get/parameters/1"),
        ),
        (
            "/components/schemas/State/enum",
            PUSH,
            json!("paused"),
            (Mismatch, true, "Keys::list", "/components/schemas/State"),
        ),
        // Contents.
        (
            "/paths/~1v2~1keys/post/requestBody/content/application~1json",
            RENAME,
            json!("application/xml"),
            (Mismatch, true, "Keys::create", "/paths/~1v2~1keys/post/requestBody"),
        ),
        (
            "/paths/~1v2~1keys/post/requestBody",
            REMOVE,
            json!(null),
            (Undocumented, true, "Keys::create", "/paths/~1v2~1keys/post"),
        ),
        (
            "/paths/~1v2~1keys~1{key_id}/delete/requestBody",
            SET,
            json!({"required": true, "content": {"application/json": {}}}),
            (Mismatch, true, "Keys::delete", "/paths/~1v2~1keys~1{key_id}/delete/requestBody"),
        ),
        (
            "/components/schemas/NewKey/properties/days/type",
            SET,
            json!("string"),
            (Mismatch, true, "Keys::create", "/components/schemas/NewKey"),
        ),
        (
            "/components/schemas/NewKey/required",
            SET,
            json!([]),
            (Mismatch, true, "Keys::create", "/components/schemas/NewKey/properties/name"),
        ),
        (
            "/components/schemas/NewKey/properties/more",
            SET,
            json!({"type": "string"}),
            (NotDeclared, false, "Keys::create", "/components/schemas/NewKey/properties/more"),
        ),
        (
            "/paths/~1v2~1keys~1{key_id}~1notes/post/requestBody/content/application~1json/schema/required",
            PUSH,
            json!("urgent"),
            (
                Mismatch,
                true,
                "Keys::note",
                "/paths/~1v2~1keys~1{key_id}~1notes/post/requestBody/content/application~1json/schema/properties/urgent",
            ),
        ),
        (
            "/paths/~1v2~1keys~1{key_id}~1notes/post/requestBody/content/application~1json/schema/properties/text",
            RENAME,
            json!("body"),
            (Undocumented, true, "Keys::note", "/paths/~1v2~1keys~1{key_id}~1notes/post"),
        ),
        // Responses.
        (
            "/components/schemas/Key/properties/id",
            RENAME,
            json!("key"),
            (Mismatch, true, "Keys::get", "/components/schemas/Key"),
        ),
        (
            "/components/schemas/Key/required",
            SET,
            json!(["id", "state"]),
            (Mismatch, true, "Keys::get", "/components/schemas/Key/properties/scopes"),
        ),
        (
            "/components/schemas/Key/properties/id/type",
            SET,
            json!("integer"),
            (Mismatch, true, "Keys::get", "/components/schemas/Key"),
        ),
        (
            "/components/schemas/Owner/properties/name/type",
            SET,
            json!(["string", "null"]),
            (Mismatch, true, "Keys::get", "/components/schemas/Owner/properties/name"),
        ),
        (
            "/components/schemas/Key/properties/owner",
            RENAME,
            json!("holder"),
            (NotDeclared, false, "Keys::get", "/components/schemas/Key/properties/holder"),
        ),
        (
            "/paths/~1v2~1keys~1{key_id}/get/responses/200/content",
            REMOVE,
            json!(null),
            (Mismatch, true, "Keys::get", "/paths/~1v2~1keys~1{key_id}/get/responses/200"),
        ),
        (
            "/paths/~1v2~1keys~1{key_id}/get/responses/200/content/application~1json",
            RENAME,
            json!("text/csv"),
            (Mismatch, true, "Keys::get", "/paths/~1v2~1keys~1{key_id}/get/responses/200/content/text~1csv"),
        ),
        // A member that nothing documents any more.
        (
            "/components/schemas/Key/properties/owner",
            REMOVE,
            json!(null),
            (Undocumented, true, "Keys::list", "/components/schemas/Key"),
        ),
        (
            "/components/schemas/NewKey/properties/days",
            REMOVE,
            json!(null),
            (Undocumented, true, "Keys::create", "/components/schemas/NewKey"),
        ),
        (
            "/components/schemas/NewKey/properties/days",
            RENAME,
            json!("lifetime"),
            (NotDeclared, false, "Keys::create", "/components/schemas/NewKey/properties/lifetime"),
        ),
        (
            "/components/schemas/NewKey/required",
            PUSH,
            json!("days"),
            (Mismatch, true, "Keys::create", "/components/schemas/NewKey/properties/days"),
        ),
        // A new member, and a new value of an open enum, are news.
        (
            "/components/schemas/Owner/properties/mail",
            SET,
            json!({"type": "string"}),
            (NotDeclared, false, "Keys::list", "/components/schemas/Owner/properties/mail"),
        ),
        (
            "/components/schemas/Kind/enum",
            PUSH,
            json!("robot"),
            (NotDeclared, false, "Keys::list", "/components/schemas/Kind"),
        ),
        (
            "/components/schemas/Error/properties/code",
            RENAME,
            json!("reason"),
            (Undocumented, true, "Keys::list", "/components/schemas/Error"),
        ),
        // Security.
        ("/security", SET, json!([{"user": []}]), (Mismatch, true, "Keys::list", "/security")),
        ("/paths/~1health/get/security", REMOVE, json!(null), (Mismatch, true, "Root::health", "/security")),
        (
            "/paths/~1v2~1keys/get/security",
            SET,
            json!([]),
            (Mismatch, true, "Keys::list", "/paths/~1v2~1keys/get/security"),
        ),
    ]
}

pub(crate) fn apply(document: &mut Value, pointer: &str, action: &str, value: &Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let last = last.replace("~1", "/").replace("~0", "~");
    let parent = document.pointer_mut(parent).unwrap();
    match (action, parent) {
        (REMOVE, Value::Object(members)) => drop(members.shift_remove(&last)),
        (REMOVE, Value::Array(items)) => drop(items.remove(last.parse().unwrap())),
        (SET, Value::Object(members)) => drop(members.insert(last, value.clone())),
        (PUSH, Value::Object(members)) => members[&last].as_array_mut().unwrap().push(value.clone()),
        (RENAME, Value::Object(members)) => {
            let found = members.shift_remove(&last).unwrap();
            members.insert(value.as_str().unwrap().to_owned(), found);
        }
        other => panic!("{pointer}: {other:?}"),
    }
}

fn is_found(report: &Report, (kind, fails, method, pointer): &(Kind, bool, &str, &str)) -> bool {
    found(report).iter().any(|(found, failing, name, at)| {
        (found, failing) == (kind, fails)
            && name == method
            && at.starts_with(pointer)
            && at.is_empty() == pointer.is_empty()
    })
}

#[test]
fn each_mutation_is_found_where_it_is() {
    for (pointer, action, value, expected) in mutations() {
        let mut document = document();
        apply(&mut document, pointer, action, &value);
        let report = report(&document);
        assert!(is_found(&report, &expected), "{action} {pointer}: expected {expected:?}\n{report}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Two mutations at once, of different methods and places, are both found.
    #[test]
    fn mutations_do_not_hide_each_other(first in 0..64_usize, second in 0..64_usize) {
        let all = mutations();
        let (first, second) = (&all[first % all.len()], &all[second % all.len()]);
        let apart = !first.0.starts_with(second.0) && !second.0.starts_with(first.0);
        // A type that decodes nothing tells nothing of its other members.
        let types = [first, second].iter().all(|mutation| mutation.0.starts_with("/components/schemas/"));
        prop_assume!(apart && !types && first.3.2 != second.3.2);
        let mut document = document();
        apply(&mut document, first.0, first.1, &first.2);
        apply(&mut document, second.0, second.1, &second.2);
        let report = report(&document);
        for mutation in [first, second] {
            prop_assert!(is_found(&report, &mutation.3), "{first:?} {second:?}\n{report}");
        }
    }
}
