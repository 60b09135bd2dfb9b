//! What a nest hands down, and the roles that one name of a document has.

use declarest::{Call, Query, api};
use declarest_openapi::verify;
use serde_json::json;

use crate::store::NewKey;

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
    let report = |document: String| verify::<ParentClient>(&document).report();
    let right = report(document("x-tenant", "x-key", false));
    assert!(right.is_ok() && right.failures().count() == 0, "{right}");
    let wrong = report(document("x-other", "x-other-key", true));
    let text = wrong.to_string();
    for part in ["`#[header(\"x-other\")]", "`auth = api_key(\"x-other-key\")`", "write     `theme: &str`"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[derive(Default, Query)]
struct Dates {
    gt: Option<i64>,
    lt: Option<i64>,
}

#[api]
trait Spread {
    #[get("/things")]
    fn things(&self, #[query(flatten)] at: &Dates) -> Call<()>;
}

/// `style: form` with `explode: true`, which is what a document means that says nothing, gives the query the members.
#[test]
fn an_object_of_the_query_may_be_spread() {
    let report = |properties: serde_json::Value| {
        let at = json!({"in": "query", "name": "at", "schema": {"type": "object", "properties": properties}});
        let get = json!({"parameters": [at], "responses": {"204": {"description": "fine"}}});
        let document = json!({"openapi": "3.1.0", "paths": {"/things": {"get": get}}}).to_string();
        verify::<SpreadClient>(&document).report()
    };
    let integer = json!({"type": "integer"});
    let right = report(json!({"gt": integer, "lt": integer}));
    assert!(right.findings.is_empty(), "{right}");
    let more = report(json!({"gt": integer, "lt": integer, "gte": integer}));
    assert!(more.to_string().contains("the optional query name `at`"), "{more}");
    let less = report(json!({"gt": integer}));
    assert!(less.to_string().contains("no query name `lt`"), "{less}");
}

#[api]
trait Twins {
    #[get("/token")]
    fn by_code(&self, #[query] code: &str) -> Call<()>;

    #[get("/token")]
    fn by_name(&self, #[query] name: &str) -> Call<()>;
}

/// Documents tell operations with one method and path apart by what stands behind `#`.
#[test]
fn each_overload_is_compared_with_the_twin_that_is_nearest() {
    let operation = |name: &str| {
        let parameter = json!({"in": "query", "name": name, "required": true, "schema": {"type": "string"}});
        json!({"get": {"parameters": [parameter], "responses": {"204": {"description": "fine"}}}})
    };
    let report = |second: &str| {
        let paths = json!({"/token": operation("code"), "/token#name": operation(second)});
        verify::<TwinsClient>(&json!({"openapi": "3.1.0", "paths": paths}).to_string()).report()
    };
    let right = report("name");
    assert!(right.findings.is_empty(), "{right}");
    let wrong = report("title");
    assert!(wrong.failures().count() > 0, "{wrong}");
}
