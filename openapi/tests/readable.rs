//! Import: names, docs, pages and secrets that a person would have chosen, and what becomes of bad input.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // Tests.

use declarest_openapi::{Document, Import, Imported};
use serde_json::{Value, json};

fn imported(document: Value) -> Imported {
    Import::new(&Document::of(document).unwrap()).run()
}

/// The methods of a document of these operations, as `Trait::method`, in the order of the document.
fn names(operations: &[(&str, &str, &str, &str)]) -> Vec<String> {
    let mut document = json!({"openapi": "3.1.0", "paths": {}});
    for (method, path, tag, id) in operations {
        let mut operation = json!({"tags": [tag], "responses": {}});
        if !id.is_empty() {
            operation["operationId"] = json!(id);
        }
        document["paths"][path][method] = operation;
    }
    let made = imported(document).operations;
    let title = |method: &str, path: &str| format!("{} {path}", method.to_uppercase());
    let find = |title: String| made.iter().find(|(other, _)| *other == title).unwrap().1.clone();
    operations.iter().map(|(method, path, ..)| find(title(method, path))).collect()
}

fn text(imported: &Imported) -> String {
    imported.files.iter().map(|file| file.text.as_str()).collect()
}

#[track_caller]
fn holds(text: &str, expected: &str) {
    assert!(text.contains(expected), "expected\n{expected}\n\nin\n{text}");
}

/// A document of one `GET` that gives a schema, with schemas beside it.
fn gives(path: &str, operation: Value, schemas: Value) -> Value {
    let mut operation = operation;
    operation["responses"] =
        json!({"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Out"}}}}});
    json!({"openapi": "3.1.0", "paths": {path: {"get": operation}}, "components": {"schemas": schemas}})
}

#[test]
fn methods_leave_out_what_their_trait_says() {
    assert_eq!(
        names(&[
            ("get", "/albums", "Albums", "get-multiple-albums"),
            ("get", "/albums/{id}", "Albums", "get-an-album"),
            ("get", "/albums/{id}/tracks", "Albums", "get-an-albums-tracks"),
            ("put", "/me/albums", "Albums", "save-albums-user"),
            ("get", "/slo/{id}", "Service Level Objectives", "GetSLO"),
            ("post", "/invites", "Invites", "inviteUser"),
            ("get", "/disks", "Disks", "disk_list"),
            ("get", "/silos/{silo}/policy", "Silos", "silo_policy_view"),
            ("get", "/admin_keys", "Organization", "admin-key-list"),
            ("get", "/news", "Organization", "software-update"),
        ]),
        [
            "Albums::get_multiple",
            "Albums::get",
            "Albums::get_tracks",
            "Albums::save_albums_user",
            "ServiceLevelObjectives::get",
            "Invites::invite_user",
            "Disks::list",
            "Silos::view_policy",
            "Organization::list_admin_keys",
            "Organization::software_update",
        ]
    );
}

#[test]
fn ids_that_only_repeat_the_path_are_read_as_the_path() {
    assert_eq!(
        names(&[
            ("get", "/api_keys/{api_key_id}", "API Keys", "GET_api_keys-api_key_id"),
            ("patch", "/api_keys/{api_key_id}", "API Keys", "PATCH_api_keys-api_key_id"),
            ("get", "/items/{item_id}", "items", "read_item_items__item_id__get"),
            ("get", "/pets/{petId}", "pets", "getPetById"),
            ("get", "/trips", "Trips", "get-trips"),
            ("post", "/jobs/{job}:cancel", "Jobs", ""),
            ("post", "/jobs/{job}/retries", "Jobs", ""),
            ("post", "/jobs/{job}/validate", "Jobs", ""),
        ]),
        [
            "ApiKeys::get",
            "ApiKeys::update",
            "Items::read",
            "Pets::get",
            "Trips::list",
            "Jobs::cancel",
            "Jobs::create_retry",
            "Jobs::validate",
        ]
    );
}

#[test]
fn conditions_stay_where_they_tell_methods_apart() {
    assert_eq!(
        names(&[
            ("get", "/attempts/endpoint/{endpoint}", "Attempts", "list-by-endpoint"),
            ("get", "/attempts/message/{message}", "Attempts", "list-by-message"),
        ]),
        ["Attempts::list_by_endpoint", "Attempts::list_by_message"]
    );
}

#[test]
fn traits_leave_out_what_all_tags_say() {
    let made = names(&[
        ("get", "/a", "VerifyV2Form", "FetchForm"),
        ("get", "/b", "VerifyV2Service", "FetchService"),
        ("get", "/c", "VerifyV2Factor API", "FetchFactor"),
        ("get", "/d", "VerifyV2Bucket", "FetchBucket"),
    ]);
    assert_eq!(made, ["Form::fetch", "Service::fetch", "Factor::fetch", "Bucket::fetch"]);
    let document = gives(
        "/networks",
        json!({"tags": ["Network"], "operationId": "NetworkInspect"}),
        json!({"Out": {"$ref": "#/components/schemas/Network"}, "Network": {"properties": {"a": {"type": "string"}}}}),
    );
    assert_eq!(imported(document).operations[0].1, "Networks::inspect");
}

#[test]
fn types_of_several_operations_are_called_after_what_they_have_in_common() {
    let list = |id: &str, tag: &str| {
        let names = ["limit", "after", "before"];
        let parameters: Vec<Value> = names
            .iter()
            .map(|name| json!({"in": "query", "name": name, "schema": {"type": "string"}}))
            .collect();
        json!({"get": {"tags": [tag], "operationId": id, "parameters": parameters, "responses": {}}})
    };
    let made = imported(json!({"openapi": "3.1.0", "paths": {
        "/emails": list("listEmails", "Emails"), "/logs": list("listLogs", "Logs"),
    }}));
    holds(&text(&made), "/// The query of `list` and others.\n#[derive(Debug, Clone, Default, Query");
    holds(&text(&made), "pub struct ListParams {\n");
}

#[test]
fn members_are_called_after_what_they_are_in() {
    let document = gives(
        "/albums",
        json!({}),
        json!({"Out": {"title": "AlbumObject", "type": "object", "properties": {
            "album_type": {"enum": ["album", "single"]},
            "prices": {"additionalProperties": {"properties": {"amount": {"type": "number"}}}},
            "source": {"anyOf": [{"enum": ["none", "auto"]}, {"type": "object", "properties": {"url": {"type": "string"}}}, {"type": "object", "properties": {"file": {"type": "string"}}}]},
        }}}),
    );
    let text = text(&imported(document));
    holds(&text, "pub enum OutAlbumType {");
    holds(&text, "pub prices: Option<BTreeMap<String, OutPrice>>,");
    for variant in [
        "    Keyword(OutSourceKeyword),\n",
        "    WithUrl(OutSourceWithUrl),\n",
        "    WithFile(OutSourceWithFile),\n",
    ] {
        holds(&text, variant);
    }
}

#[test]
fn docs_that_say_nothing_are_left_out() {
    let document = gives(
        "/a",
        json!({"tags": ["a"], "summary": "Get a"}),
        json!({"Out": {"properties": {
            "key_id": {"type": "string", "description": "The key ID."},
            "port": {"type": "string", "description": "Written as `<host>:<port>`.<br/>See [docs](https://a.b)"},
            "long": {"type": "string", "description": format!("It has a beginning; {}", "and it goes on and on ".repeat(20))},
            "kind": {"const": "key", "description": "The object type."},
        }}}),
    );
    let text = text(&imported(document));
    holds(&text, "pub struct Out {\n    pub key_id: Option<String>,\n");
    holds(&text, "    /// Written as `<host>:<port>`.\n");
    holds(&text, "    /// The object type, always `key`.\n");
    assert!(!text.contains("/// An out"), "{text}");
}

#[test]
fn secrets_are_told_by_name_and_description() {
    let member = |docs: &str| json!({"type": "string", "description": docs});
    let document = gives(
        "/a",
        json!({}),
        json!({"Out": {"properties": {
            "secret_access_key": member(""), "session_token": member(""), "cvc": member(""),
            "token": member("The token used for authentication."),
            "next_page_token": member(""), "secret_name": member(""), "password_reset_url": member(""),
            "public_api_key": member(""), "max_tokens": member(""),
        }}, "Log": {"properties": {"token": member("A piece of the text.")}}}),
    );
    let text = text(&imported(document));
    for name in ["secret_access_key", "session_token", "cvc", "token"] {
        holds(&text, &format!("    // Guess: a secret by its name.\n    pub {name}: Option<Secret>,\n"));
    }
    assert_eq!(text.matches("Option<Secret>").count(), 4, "{text}");
}

fn paged(operation: Value, page: Value) -> String {
    let parameters = |names: &[Value]| -> Vec<Value> {
        names.iter().map(|name| json!({"in": "query", "name": name["name"], "description": name["description"], "schema": {"type": name["type"]}})).collect()
    };
    let mut operation = operation;
    operation["parameters"] = json!(parameters(operation["parameters"].as_array().unwrap()));
    let item = json!({"properties": {"id": {"type": "string"}}});
    text(&imported(gives("/items", operation, json!({"Out": {"properties": page}, "Item": item}))))
}

#[test]
fn pages_are_found_in_extensions_and_inner_objects() {
    let items = json!({"type": "array", "items": {"$ref": "#/components/schemas/Item"}});
    let string = json!({"type": "string"});
    let cursor = json!([{"name": "cursor", "type": "string"}]);
    for (operation, page, body) in [
        (
            json!({"parameters": cursor, "x-fern-pagination": {"cursor": "$request.cursor", "next_cursor": "$response.more.at", "results": "$response.all"}}),
            json!({"all": items, "other": items, "more": {"properties": {"at": string}}}),
            "Ok(Next::query(\"cursor\", next))",
        ),
        (
            json!({"parameters": [], "x-ms-pageable": {"nextLinkName": "nextLink"}}),
            json!({"value": items, "nextLink": string}),
            "Ok(Next::Url(next))",
        ),
        (
            json!({"parameters": [{"name": "start", "type": "integer"}], "x-pagination": {"pageOffsetParam": "start", "resultsPath": "boards"}}),
            json!({"boards": items}),
            ".query(\"start\").unwrap_or_default();\n        let next = sent.parse::<usize>().unwrap_or(0) + count;",
        ),
        (
            json!({"parameters": cursor, "x-speakeasy-pagination": {"inputs": [{"name": "cursor", "type": "cursor"}], "outputs": {"results": "$.data", "nextCursor": "$.next"}}}),
            json!({"data": items, "next": string}),
            "Ok(Next::query(\"cursor\", next))",
        ),
    ] {
        let text = paged(operation, page);
        holds(&text, body);
        assert!(!text.contains("// Guess"), "the document says it: {text}");
    }
    let slack = paged(
        json!({"parameters": cursor}),
        json!({"items": items, "response_metadata": {"properties": {"next_cursor": string}}}),
    );
    holds(&slack, "// Guess: `response_metadata.next_cursor` of a page is `cursor` of the next one.");
    holds(&slack, "let next = response_metadata.next_cursor.as_deref().unwrap_or_default();");
    let zero = paged(
        json!({"parameters": [{"name": "pageNumber", "type": "integer", "description": "Zero-based page number"}]}),
        json!({"items": items, "page": {"properties": {"totalPages": {"type": "integer"}}}}),
    );
    holds(&zero, "sent.parse::<usize>().unwrap_or(0) + 1;");
    let ids = paged(
        json!({"parameters": [{"name": "after", "type": "string"}]}),
        json!({"data": items, "has_more": {"type": "boolean"}}),
    );
    holds(
        &ids,
        "unwrap_or_default().last();\n        match last.and_then(|last| last.id.as_ref()) {\n            Some(id) if self.has_more == Some(true) =>",
    );
    let thing = paged(json!({"parameters": cursor}), json!({"id": string, "tags": items, "cursor": string}));
    assert!(!thing.contains("impl Page"), "{thing}");
}

#[test]
fn bad_input_is_named_with_its_place() {
    let made = imported(json!({"openapi": "3.0.0", "paths": {
        "/a/{broken": {"get": {"responses": {}}},
        "/dup/{a}": {"get": {"operationId": "dup", "responses": {}}},
        "/dup/{b}": {"get": {"operationId": "dup", "responses": {}}},
        "/mod": {"get": {"tags": ["mod"], "operationId": "new", "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Gone"}}}}}}},
        "/x": {"get": {"tags": ["mod"], "operationId": "x", "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/fn"}}}}}}},
        "/y": {"get": {"tags": ["mod"], "operationId": "y", "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A-B"}}}}}}},
        "/z": {"get": {"tags": ["mod"], "operationId": "z", "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A_B"}}}}}}},
    }, "components": {"schemas": {
        "fn": {"properties": {"self": {"type": "string"}, "Self": {"type": "string"}, "": {"type": "string"}, "1": {"type": "string"}, "a b": {"$ref": "#/components/schemas/fn"}}},
        "A-B": {"properties": {"x": {"type": "string"}}}, "A_B": {"properties": {"y": {"type": "string"}}},
    }}}));
    let notes: Vec<String> = made.notes.iter().map(ToString::to_string).collect();
    for note in [
        "#/paths/~1a~1{broken/get: GET /a/{broken is left out: a `{` or `}` of the path has no counterpart",
        "#/paths/~1dup~1{b}/get: GET /dup/{b} is left out: `GET /dup/{a}` has the same method, path, arguments and result",
        "#/paths/~1mod/get/responses/200/content/application~1json/schema: the reference `#/components/schemas/Gone` leads nowhere: read as any value",
    ] {
        assert!(notes.iter().any(|other| other == note), "{note} is not among {notes:#?}");
    }
    let text = text(&made);
    for line in [
        "pub struct FnValue {\n",
        "    #[serde(rename = \"Self\")]\n    pub self_value_2: Option<String>,\n",
        "    #[serde(rename = \"\")]\n    pub value: Option<String>,\n",
        "    pub a_b: Option<Box<FnValue>>,\n",
        "pub struct AB {\n",
        "pub struct ABValue {\n",
        "fn get(&self) -> Call<serde_json::Value>;",
    ] {
        holds(&text, line);
    }
    let mut paths: Vec<&str> = made.files.iter().map(|file| file.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), made.files.len(), "no file is another: {paths:?}");
}

#[test]
fn ids_are_read_that_do_not_separate_their_words() {
    let operation = |id: &str, summary: &str| json!({"operationId": id, "summary": summary, "tags": ["things"], "responses": {"200": {"description": "ok"}}});
    let made = imported(json!({"openapi": "3.1.0", "paths": {
        "/spend_limits": {"post": operation("updatespendlimit", "Update the spend limit")},
        "/accounts/{id}/keys": {"post": operation("createanAPIkeyforaserviceaccount", "Create an API key for a service account")},
        "/sessions": {"get": operation("ListSessionsMethod", "Lists sessions")},
        "/tokens": {"get": operation("beta_Getinputtokencounts", "Get input token counts")},
    }}));
    let text = text(&made);
    for method in
        ["fn update_spend_limit(", "fn create_key(", "fn list_sessions(", "fn beta_get_input_token_counts("]
    {
        holds(&text, method);
    }
}
