//! Import: what a document becomes, and what happens to files.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // Tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use declarest_openapi::{Config, Document, Import, Imported, State, outline};
use serde_json::json;

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert_eq!(paths.len(), 6);
    paths
}

fn document(name: &str) -> Document {
    Document::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name)).unwrap()
}

fn text(imported: &Imported, path: &str) -> String {
    let found = imported.files.iter().find(|file| file.path == path);
    let paths: Vec<&String> = imported.files.iter().map(|file| &file.path).collect();
    found.unwrap_or_else(|| panic!("{path} is not among {paths:?}")).text.clone()
}

#[track_caller]
fn holds(text: &str, expected: &str) {
    assert!(text.contains(expected), "expected\n{expected}\n\nin\n{text}");
}

#[test]
fn each_operation_is_imported_or_left_out_with_a_reason() {
    for path in documents() {
        let document = Document::open(&path).unwrap();
        let (operations, _) = outline(&document);
        let imported = Import::new(&document).run();
        let all: BTreeSet<String> = imported.operations.iter().map(|(title, _)| title.clone()).collect();
        let left_out: BTreeSet<String> =
            imported.notes.iter().filter(|note| note.left_out).map(|note| note.operation.clone()).collect();
        assert!(all.is_disjoint(&left_out));
        assert_eq!(
            all.union(&left_out).cloned().collect::<BTreeSet<_>>(),
            operations.into_iter().collect(),
            "{path:?}"
        );
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for path in documents() {
        let document = Document::open(&path).unwrap();
        assert_eq!(Import::new(&document).run().files, Import::new(&document).run().files);
    }
}

#[test]
fn endpoints_read_like_written_by_hand() {
    let imported = Import::new(&document("keys.yaml")).run();
    let keys = text(&imported, "api_keys.rs");
    holds(&keys, "/// Creates and lists keys.\n#[api(auth = bearer)]\npub trait ApiKeys: Send + Sync {\n");
    holds(
        &keys,
        "    /// Lists the keys.\n    // Guess: `next_page_token` of a page is `page_token` of the next one.\n    #[get(\"/keys\")]\n    fn list(&self, #[query(flatten)] params: &ListApiKeysParams) -> Pages<KeyPage>;\n",
    );
    holds(
        &keys,
        "#[post(\"/keys\", idempotency_key = \"Idempotency-Key\")]\n    fn create(\n        &self,\n        #[json] body: &NewKey,\n        #[header(\"X-Trace-Id\")] trace_id: Option<&str>,\n    ) -> Call<CreatedKey>;\n",
    );
    holds(
        &keys,
        "    fn delete(&self, key_id: &str, #[query] reason: &str, #[query] force: Option<bool>)\n    -> Call<()>;",
    );
    holds(&keys, "    /// Deprecated by the document.\n    #[delete(\"/keys/{key_id}\")]");
    holds(&text(&imported, "health.rs"), "#[get(\"/health\", auth = none)]");
    holds(
        &text(&imported, "root.rs"),
        "#[api(base = \"https://eu.example.com/v1\")]\npub trait Keys: Send + Sync {",
    );
    holds(&text(&imported, "mod.rs"), "pub type Error = declarest::ApiError<types::Problem>;");
}

#[test]
fn types_derive_what_is_needed_and_hold_what_is_said() {
    let imported = Import::new(&document("keys.yaml")).run();
    let keys = text(&imported, "api_keys.rs");
    holds(
        &keys,
        "#[derive(Debug, Clone, Default, Query)]\npub struct ListApiKeysParams {\n    /// Where the list goes on.\n    pub page_token: Option<String>,\n    pub state: Option<State>,\n    #[query(lists = \"comma\")]\n    pub ids: Vec<String>,\n    #[query(\"scopes[]\")]\n    pub scopes: Vec<String>,\n    #[query(nest)]\n    pub created: Option<ListApiKeysCreated>,\n}\n",
    );
    holds(
        &keys,
        "#[derive(Debug, Clone, Serialize)]\npub struct NewKey {\n    /// What it is called.\n    pub name: String,\n    #[serde(rename = \"type\", skip_serializing_if = \"Option::is_none\")]\n    pub kind: Option<NewKeyType>,\n",
    );
    assert!(!keys.contains("pub id: Option<String>"), "what is read only is not sent");
    holds(
        &keys,
        "    In\u{50}rogress,\n    Expired,\n    /// A value that the document does not list.\n    #[serde(untagged)]\n    Other(String),\n",
    );
    holds(&keys, "#[serde(rename_all = \"kebab-case\")]\npub enum State {\n");
    holds(&keys, "    // Guess: a secret by its name.\n    pub api_key: Secret,\n");
    holds(&keys, "    /// Always `key`.\n    pub object: Option<String>,\n");
    assert_eq!(keys.matches("struct KeyOwner ").count(), 1, "what is described twice is written once");
    holds(&text(&imported, "types.rs"), "f.write_str(&self.error.message)");
}

#[test]
fn unions_are_told_apart_by_their_tag() {
    let shapes = text(&Import::new(&document("shapes.yaml")).run(), "shapes.rs");
    holds(
        &shapes,
        "#[serde(tag = \"kind\", rename_all = \"lowercase\")]\npub enum Shape {\n    Circle(Circle),\n    Square(Square),\n    Group(Group),\n    /// A variant that the document does not describe.\n    #[serde(untagged)]\n    Other(serde_json::Value),\n}\n",
    );
    holds(&shapes, "pub struct Circle {\n    pub radius: f64,\n}\n");
    holds(
        &shapes,
        "    #[serde(rename = \"+1\", skip_serializing_if = \"Option::is_none\")]\n    pub plus_1: Option<i64>,\n",
    );
    holds(
        &shapes,
        "pub left: Option<Box<Node>>,\n    pub right: Option<Box<Node>>,\n    pub children: Option<Vec<Node>>,\n",
    );
    let values = text(&Import::new(&document("shapes.yaml")).run(), "values.rs");
    holds(
        &values,
        "#[serde(untagged)]\npub enum Value {\n    NumberList(Vec<f64>),\n    Range(ValueRange),\n",
    );
    holds(&values, "pub enum SetValueMode {\n    Fast,\n    Slow,\n");
    holds(&values, "    pub when: Option<String>,\n");
    holds(&values, "    #[serde(flatten)]\n    pub other: BTreeMap<String, Value>,\n");
}

#[test]
fn forms_parts_streams_and_files_have_their_roles() {
    let files = text(&Import::new(&document("files.yaml")).run(), "files.rs");
    holds(&files, "pub trait Files: Send + Sync {\n");
    holds(
        &files,
        "        #[part] file: declarest::File,\n        #[part] purpose: UploadFilePurpose,\n        #[part] copies: Vec<declarest::File>,\n        #[part] labels: &[&str],\n        #[part(json)] about: Option<&UploadFileAbout>,\n",
    );
    for line in
        ["Call<ByteStream>", "Call<Exists>", "Call<Events<File>>", "Call<JsonLines<File>>", "Call<Text>"]
    {
        holds(&files, line);
    }
    holds(&files, "header(\"Content-Type\" = \"application/merge-patch+json\"),\n");
    holds(&files, "        accept = \"application/vnd.files+json\"\n");
    holds(&files, "#[json] body: Option<&DescribeFileRequest>,\n    ) -> Call<Option<File>>;\n");
    let pets = text(&Import::new(&document("store.json")).run(), "pets.rs");
    holds(&pets, "    pub tags: Vec<String>,\n");
    holds(&pets, "    #[query(lists = \"pipe\")]\n    pub status: Vec<FindPetsStatusItem>,\n");
    holds(&pets, "#[form] form: &UpdatePetWithFormRequest)");
    assert!(!pets.contains("X-Key"), "the client sends the credential");
}

#[test]
fn each_scheme_of_pages_is_found_and_marked() {
    let lists = text(&Import::new(&document("pages.yaml")).run(), "lists.rs");
    assert_eq!(lists.matches("// Guess: ").count(), 6);
    for body in [
        "Ok(Next::query(\"cursor\", next))",
        "Some(last) if self.has_more => Ok(Next::query(\"after\", &last.id)),",
        "let next = meta.next_page_url.clone().unwrap_or_default();",
        "let next = sent.parse::<usize>().unwrap_or(1) + 1;",
        "let next = sent.parse::<usize>().unwrap_or(0) + count;",
        "Pages<Listed<Item>>",
    ] {
        holds(&lists, body);
    }
}

#[test]
fn a_rule_of_the_configuration_wins_over_a_guess() {
    let mut config = Config::default();
    config.no_guessed_pages = true;
    let document = document("pages.yaml");
    let lists = text(&Import::new(&document).config(config).run(), "lists.rs");
    assert!(lists.matches("Pages<").count() <= 1, "{lists}");
    let config: Config = serde_json::from_value(json!({
        "name": "Lists", "types": {"Item": "Thing"}, "methods": {"GET /token": "all"},
        "pages": [{"paths": ["/token"], "scheme": "token", "query": "cursor", "member": "next_cursor"}],
    }))
    .unwrap();
    let imported = Import::new(&document).config(config).run();
    let lists = text(&imported, "lists.rs");
    holds(&lists, "\n    #[get(\"/token\")]\n    fn all(");
    holds(&lists, "pub struct Thing {");
}

#[test]
fn odd_names_are_made_names() {
    let imported = Import::new(&document("odd.yaml")).run();
    let odd = text(&imported, "self_.rs");
    for line in [
        "    #[serde(rename = \"self\")]\n    pub self_value: Option<String>,\n",
        "    pub r#match: Option<String>,\n    #[query(\"a-b\")]\n    pub a_b: Option<String>,\n    #[query(\"a_b\")]\n    pub a_b_2: Option<String>,\n",
        "    #[serde(rename = \"*\")]\n    All,\n",
        "pub struct ResultValue {",
        "fn get_a(&self, x: &str) -> Call<serde_json::Value>;",
    ] {
        holds(&odd, line);
    }
    let notes: Vec<String> = imported.notes.iter().map(ToString::to_string).collect();
    for note in [
        "#/paths/~1a~1{x}.json/trace: TRACE /a/{x}.json is left out: `TRACE` is not sent by clients",
        "#/paths/~1twin#two/get: GET /twin#two is left out: `GET /twin#one` has the same method, path, arguments and result",
    ] {
        assert!(notes.iter().any(|other| other == note), "{note} is not among {notes:#?}");
    }
}

#[test]
fn files_are_short_and_an_enum_of_thousands_is_a_text() {
    let values: Vec<String> = (0..3000).map(|number| format!("value_{number}")).collect();
    let properties: serde_json::Map<String, serde_json::Value> = (0..300)
        .map(|number| {
            (format!("member_{number}"), json!({"type": "string", "description": "A member. It has more."}))
        })
        .collect();
    let paths: serde_json::Map<String, serde_json::Value> = (0..120)
        .map(|number| {
            let operation = json!({"tags": ["many"], "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Wide"}}}}}});
            (format!("/many/group{}/thing{number}", number % 3), json!({"get": operation}))
        })
        .collect();
    let document = json!({
        "openapi": "3.1.0", "paths": paths,
        "components": {"schemas": {"Wide": {"properties": properties, "required": ["big"], "type": "object"}, "Big": {"enum": values}}},
    });
    let mut document = document;
    document["components"]["schemas"]["Wide"]["properties"]["big"] =
        json!({"$ref": "#/components/schemas/Big"});
    let imported = Import::new(&Document::of(document).unwrap()).run();
    assert_eq!(imported.operations.len(), 120);
    for file in &imported.files {
        assert!(file.text.lines().count() < 400, "{} has {} lines", file.path, file.text.lines().count());
    }
    assert!(imported.notes.iter().any(|note| note.message == "an enum of 3000 values is a text"));
}

#[test]
fn a_part_of_a_document_is_trimmed_to_what_it_needs() {
    let document = document("keys.yaml");
    let imported = Import::new(&document).operations(["DELETE /keys/{key_id}", "getHealth"]).run();
    let titles: Vec<&str> = imported.operations.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["GET /health", "DELETE /keys/{key_id}"]);
    assert!(!imported.files.iter().any(|file| file.text.contains("struct KeyPage")));
    let imported = Import::new(&document).tags(["Health", "Nothing"]).operations(["GET /gone"]).run();
    let notes: Vec<&str> = imported.notes.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(
        notes,
        [
            "no operation has the tag `Nothing`",
            "no operation is `GET /gone`: write `POST /path` as the document does, or an `operationId`"
        ]
    );
}

#[test]
fn one_operation_comes_with_the_types_that_are_missing() {
    let document = document("keys.yaml");
    let import = Import::new(&document).operations(["create-api-key"]);
    let snippet = import.snippet(&["NewKey".to_owned(), "State".to_owned()]);
    holds(&snippet.endpoints, "    fn create(\n");
    holds(&snippet.items, "pub struct CreatedKey {");
    assert!(!snippet.items.contains("pub struct NewKey {"), "{}", snippet.items);
    assert!(!snippet.items.contains("Problem"), "the error of the API is there");
    assert_eq!(snippet.methods, [("create".to_owned(), "post(\"/keys\"".to_owned())]);
    assert_eq!(snippet.uses, ["declarest::Secret", "serde::Deserialize", "serde::Serialize"]);
    assert_eq!(snippet.names, ["Call", "State", "NewKey"]);
}

fn states(outcomes: &[declarest_openapi::Outcome]) -> Vec<(String, State)> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    outcomes.iter().map(|outcome| (name(&outcome.path), outcome.state)).collect()
}

#[test]
fn an_edited_file_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let document = document("files.yaml");
    let imported = Import::new(&document).run();
    let out = folder.path().join("api");
    assert!(states(&imported.write(&out).unwrap()).iter().all(|(_, state)| *state == State::New));
    assert!(states(&imported.check(&out).unwrap()).iter().all(|(_, state)| *state == State::Same));
    let first = fs::read_to_string(out.join("files.rs")).unwrap();
    assert!(
        first.starts_with("// Imported by cargo-declarest; the rest of the file had the checksum "),
        "{first}"
    );

    // A checkout with other ends of lines is not an edit.
    fs::write(out.join("files.rs"), first.replace('\n', "\r\n")).unwrap();
    assert!(states(&imported.check(&out).unwrap()).iter().all(|(_, state)| *state == State::Same));

    fs::write(out.join("files.rs"), format!("{first}// mine\n")).unwrap();
    fs::write(out.join("own.rs"), "// mine\n").unwrap();
    let other = Import::new(&document).operations(["note"]).run();
    let outcomes = states(&other.write(&out).unwrap());
    assert!(outcomes.contains(&("files.rs".to_owned(), State::Edited)), "{outcomes:?}");
    assert!(fs::read_to_string(out.join("files.rs")).unwrap().ends_with("// mine\n"));
    assert_eq!(fs::read_to_string(out.join("own.rs")).unwrap(), "// mine\n");
    assert!(!fs::read_dir(&out).unwrap().any(|entry| entry.unwrap().path().extension().unwrap() == "new"));
}

#[test]
fn what_is_not_written_any_more_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let document = document("keys.yaml");
    Import::new(&document).run().write(folder.path()).unwrap();
    let outcomes = Import::new(&document).tags(["Health"]).run().check(folder.path()).unwrap();
    assert!(states(&outcomes).contains(&("api_keys.rs".to_owned(), State::Obsolete)), "{outcomes:?}");
    assert!(states(&outcomes).contains(&("mod.rs".to_owned(), State::Changed)), "{outcomes:?}");
}

#[test]
fn a_folder_that_cannot_be_written_is_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("api");
    fs::write(&out, "a file").unwrap();
    let error = Import::new(&document("keys.yaml")).run().write(&out).unwrap_err();
    assert!(error.to_string().contains("api"), "{error}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "a file");
}

#[test]
fn the_real_documents_are_imported() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let Ok(folder) = fs::read_dir(shared.join("openapi")) else {
        println!("skipped: the documents are not here");
        return;
    };
    let mut paths: Vec<PathBuf> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.push(shared.join("openai/openapi.json"));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    for path in paths {
        let document = Document::open(&path).unwrap();
        let imported = Import::new(&document).run();
        let left_out = imported.notes.iter().filter(|note| note.left_out).count();
        assert_eq!(imported.operations.len() + left_out, outline(&document).0.len(), "{path:?}");
        for file in &imported.files {
            assert!(file.text.lines().count() < 400, "{path:?}: {}", file.path);
        }
    }
}
