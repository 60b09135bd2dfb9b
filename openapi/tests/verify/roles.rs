//! What a nest hands down, and the roles that one name of a document has.

use declarest::{Call, api};
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
