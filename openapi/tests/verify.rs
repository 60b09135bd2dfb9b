//! Verification: each kind of difference is found where it is, and nothing else is.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::too_many_lines, dead_code)] // Tests.

use declarest::{Call, Query, Scalar, api};
use declarest_openapi::{Document, Finding, Hook, Kind, Member, Report, Verify, verify};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Serialize, Deserialize)]
struct NewKey {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct Key {
    id: String,
    owner: Option<Owner>,
    state: State,
    scopes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Owner {
    name: String,
}

#[derive(Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
enum State {
    Active,
    Expired,
}

#[derive(Query)]
struct ListKeys<'a> {
    state: Option<State>,
    #[query(lists = "comma")]
    ids: &'a [&'a str],
    limit: Option<u32>,
}

#[api(auth = bearer)]
trait Keys {
    #[get("/keys")]
    fn list(&self, #[query(flatten)] params: &ListKeys<'_>) -> Call<Vec<Key>>;

    #[post("/keys", header("X-Version" = "2"))]
    fn create(&self, #[query] dry: Option<bool>, #[json] key: &NewKey) -> Call<Key>;

    #[get("/keys/{id}")]
    fn get(&self, id: &str, #[header("X-Trace")] trace: Option<&str>) -> Call<Key>;

    #[delete("/keys/{id}")]
    fn delete(&self, id: &str, #[query] reason: &str) -> Call<()>;

    #[post("/keys/{id}/notes")]
    fn note(&self, id: &str, #[field] text: &str, #[field] urgent: Option<bool>) -> Call<()>;
}

#[api]
trait Root {
    #[get("/health", auth = none)]
    fn health(&self) -> Call<()>;

    #[nest("/v2")]
    fn keys(&self) -> KeysClient;
}

const MEMBERS: [Member; 3] = [
    Member::new("state", "Option<State>"),
    Member::new("ids", "&'a [&'a str]").lists("comma"),
    Member::new("limit", "Option<u32>"),
];

const DOCUMENT: &str = r##"
openapi: 3.1.0
security: [{token: []}]
paths:
  /health: {get: {security: [], responses: {204: {description: fine}}}}
  /v2/keys:
    get:
      parameters:
        - {in: query, name: state, schema: {$ref: '#/components/schemas/State'}}
        - {in: query, name: ids, explode: false, schema: {type: array, items: {type: string}}}
        - {in: query, name: limit, schema: {type: integer}}
      responses: {200: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Key'}}}}}}
    post:
      parameters:
        - {in: query, name: dry, schema: {type: boolean}}
        - {in: header, name: X-Version, required: true, schema: {type: string}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewKey'}}}}
      responses: {201: {content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}}
  /v2/keys/{key_id}:
    parameters:
      - {in: path, name: key_id, required: true, schema: {type: string}}
    get:
      parameters:
        - {in: header, name: x-trace, schema: {type: string}}
      responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}}
    delete:
      parameters:
        - {in: query, name: reason, required: true, schema: {type: string}}
      responses: {200: {content: {application/json: {schema: {type: object}}}}}
  /v2/keys/{key_id}/notes:
    post:
      parameters:
        - {in: path, name: key_id, required: true, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, required: [text], properties: {text: {type: string}, urgent: {type: boolean}}}
      responses: {204: {description: fine}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}, user: {type: http, scheme: basic}}
  schemas:
    NewKey: {type: object, required: [name], properties: {name: {type: string}, days: {type: integer}}}
    State: {type: string, enum: [active, expired]}
    Key:
      type: object
      required: [id, state, scopes]
      properties:
        id: {type: string}
        state: {$ref: '#/components/schemas/State'}
        scopes: {type: array, items: {type: string}}
        owner: {allOf: [{$ref: '#/components/schemas/Owner'}], nullable: true}
    Owner: {type: object, required: [name], properties: {name: {type: string}}}
"##;

fn document() -> Value {
    Document::parse(DOCUMENT).unwrap().root().clone()
}

fn hooked(verify: Verify) -> Verify {
    verify
        .hook("ListKeys", Hook::members(&MEMBERS))
        .hook("NewKey", Hook::both::<NewKey>())
        .hook("Key", Hook::reads::<Key>())
        .hook("Vec<Key>", Hook::reads::<Vec<Key>>())
        .hook("State", Hook::both::<State>())
}

fn report(document: &Value) -> Report {
    hooked(verify(RootClient::ENDPOINTS, RootClient::NESTS, &document.to_string())).report()
}

fn found(report: &Report) -> Vec<(Kind, bool, String, String)> {
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

#[test]
fn without_hooks_types_are_unverified_and_that_does_not_fail() {
    let report = verify(RootClient::ENDPOINTS, RootClient::NESTS, DOCUMENT).report();
    assert!(report.is_ok(), "{report}");
    assert!(report.findings.iter().all(|finding| finding.kind == Kind::Unverified), "{report}");
    assert_eq!(report.findings.len(), 5, "{report}");
}

/// One change of the document: where, what becomes of the value there, and what has to be found: kind, whether it
/// fails, method, and how the pointer begins.
type Mutation = (&'static str, &'static str, Value, (Kind, bool, &'static str, &'static str));

const REMOVE: &str = "remove";
const SET: &str = "set";
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

fn apply(document: &mut Value, pointer: &str, action: &str, value: &Value) {
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
    fn mutations_do_not_hide_each_other(first in 0..36_usize, second in 0..36_usize) {
        let all = mutations();
        let (first, second) = (&all[first % all.len()], &all[second % all.len()]);
        let apart = !first.0.starts_with(second.0) && !second.0.starts_with(first.0);
        prop_assume!(apart && first.3.2 != second.3.2);
        let mut document = document();
        apply(&mut document, first.0, first.1, &first.2);
        apply(&mut document, second.0, second.1, &second.2);
        let report = report(&document);
        for mutation in [first, second] {
            prop_assert!(is_found(&report, &mutation.3), "{first:?} {second:?}\n{report}");
        }
    }
}

#[test]
fn a_path_filter_limits_what_has_to_be_declared() {
    let only_health = verify(RootClient::ENDPOINTS, &[], DOCUMENT);
    assert_eq!(only_health.report().failures().count(), 5);
    let filtered = verify(RootClient::ENDPOINTS, &[], DOCUMENT).include_paths(["/health"]).report();
    assert!(filtered.is_ok(), "{filtered}");
    assert_eq!(filtered.documented, 1);
    let news = verify(RootClient::ENDPOINTS, &[], DOCUMENT).declared_only().report();
    assert!(news.is_ok(), "{news}");
    assert_eq!(news.findings.len(), 5);
}

#[test]
fn a_filter_that_matches_nothing_fails() {
    let report =
        verify(RootClient::ENDPOINTS, RootClient::NESTS, DOCUMENT).include_paths(["/v3/**"]).report();
    assert!(!report.is_ok());
    assert!(report.to_string().contains("no path that the filter matches"), "{report}");
}

#[test]
fn a_base_path_stands_in_front_of_each_template() {
    let report = hooked(verify(KeysClient::ENDPOINTS, KeysClient::NESTS, DOCUMENT)).base_path("/v2").report();
    let failures: Vec<&str> = report.failures().map(|finding| finding.operation.as_str()).collect();
    assert_eq!(failures, ["GET /health"]);
}

#[test]
fn an_exception_holds_until_it_is_documented() {
    let mut document = document();
    apply(&mut document, "/paths/~1health", REMOVE, &json!(null));
    let verify =
        |document: &Value| hooked(verify(RootClient::ENDPOINTS, RootClient::NESTS, &document.to_string()));
    assert!(!verify(&document).report().is_ok());
    let excepted = verify(&document).expect_undocumented("GET /health", "not published").report();
    assert!(excepted.is_ok(), "{excepted}");
    let outlived = verify(&self::document()).expect_undocumented("GET /health", "not published").report();
    assert!(outlived.to_string().contains("remove the exception, which no longer applies"), "{outlived}");
    let idle = verify(&self::document()).expect_undocumented("GET /nothing", "gone").report();
    assert!(!idle.is_ok(), "{idle}");
}

#[test]
fn a_document_that_cannot_be_read_fails() {
    let report = verify(RootClient::ENDPOINTS, RootClient::NESTS, "asyncapi: 2.0.0").report();
    assert!(!report.is_ok());
    assert!(report.to_string().contains("it is an AsyncAPI document"), "{report}");
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
6 endpoints declared, 6 operations documented, 6 compared: 1 mismatches, 0 not declared, 0 undocumented, 0 unverified
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

#[test]
fn the_administration_api_of_openai_agrees_with_its_document() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/openai/administration.openapi.json");
    let Ok(document) = std::fs::read_to_string(path) else {
        println!("skipped: the document is not here");
        return;
    };

    let report = verify(openai_admin::Admin::ENDPOINTS, openai_admin::Admin::NESTS, &document).report();
    println!("{report}");
    assert!(report.matched >= 119);
}

#[api(header("X-Tenant" = "t"), auth = api_key("X-Key"))]
trait Parent {
    #[nest("/inner")]
    fn inner(&self) -> InnerClient;
}

#[api]
trait Inner {
    #[get("/things")]
    fn things(&self, #[query(json)] filter: &NewKey, #[cookie] theme: Option<&str>) -> Call<()>;
}

/// What a nest hands down, and the roles that one name of a document has.
#[test]
fn what_a_parent_hands_down_belongs_to_the_endpoint() {
    let document = |tenant: &str, key: &str, theme_required: bool| {
        json!({
            "openapi": "3.1.0",
            "security": [{"key": []}],
            "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": key}}},
            "paths": {"/inner/things": {"get": {
                "parameters": [
                    {"in": "header", "name": tenant, "required": true, "schema": {"type": "string"}},
                    {"in": "query", "name": "filter", "required": true, "content": {"application/json": {"schema": {}}}},
                    {"in": "cookie", "name": "theme", "required": theme_required, "schema": {"type": "string"}},
                ],
                "responses": {"204": {"description": "fine"}},
            }}},
        })
        .to_string()
    };
    let report = |document: String| verify(ParentClient::ENDPOINTS, ParentClient::NESTS, &document).report();
    let right = report(document("x-tenant", "x-key", false));
    assert!(right.is_ok() && right.failures().count() == 0, "{right}");
    let wrong = report(document("x-other", "x-other-key", true));
    let text = wrong.to_string();
    for part in ["`#[header(\"x-other\")]", "`auth = api_key(\"x-other-key\")`", "write     `theme: &str`"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}
