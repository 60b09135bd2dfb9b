//! The reader: versions, formats, files, and documents that are partly wrong.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // Tests.

use std::path::Path;

use declarest_openapi::{Document, Version, outline};

fn read(text: &str) -> Document {
    Document::parse(text).unwrap()
}

fn refused(text: &str) -> String {
    Document::parse(text).unwrap_err().to_string()
}

#[test]
fn each_version_is_read() {
    for (text, version) in [
        ("openapi: 3.0.3\npaths: {}", Version::V30),
        ("openapi: 3.1.2\npaths: {}", Version::V31),
        ("swagger: 2.0\npaths: {}", Version::V20),
        ("{\"swagger\": \"2.0\", \"paths\": {}}", Version::V20),
        ("\u{feff}{\"openapi\": \"3.1.0\"}", Version::V31),
    ] {
        assert_eq!(read(text).version(), version, "{text}");
    }
}

#[test]
fn what_is_not_a_document_is_named() {
    for (text, expected) in [
        ("", "not an OpenAPI document: the text is not a JSON or YAML object"),
        ("<html></html>", "not an OpenAPI document: the text is not a JSON or YAML object"),
        ("[1]", "not an OpenAPI document: the text is not a JSON or YAML object"),
        ("a: 1", "not an OpenAPI document: it has neither a member `openapi` nor `swagger`"),
        ("asyncapi: 2.0.0", "not an OpenAPI document: it is an AsyncAPI document"),
        ("swaggerVersion: '1.2'", "not an OpenAPI document: it is Swagger 1.x: convert it to OpenAPI 3"),
        ("info: {}\nitem: []", "not an OpenAPI document: it is a Postman collection"),
        ("openapi: 4.0.0", "OpenAPI 4.0.0 is not supported: write OpenAPI 3.0 or 3.1, or Swagger 2.0"),
    ] {
        assert_eq!(refused(text), expected, "{text}");
    }
    assert!(refused("{\"openapi\": ").starts_with("invalid JSON: "));
    assert!(refused("a: [1\nb").starts_with("invalid YAML: "));
}

#[test]
fn a_missing_file_is_named() {
    let error = Document::open("no/such/openapi.json").unwrap_err().to_string();
    assert!(error.starts_with("no/such/openapi.json: "), "{error}");
}

#[test]
fn what_is_wrong_is_told_with_its_pointer_and_left_out() {
    let document = read(
        r#"
openapi: 3.0.0
paths:
  /good: {get: {responses: {200: {description: fine}}}}
  /list: [1]
  no-slash: {get: {}}
  /broken:
    get: 1
    post:
      parameters:
        - {in: query}
        - {in: moon, name: a}
        - {$ref: '#/components/parameters/Nowhere'}
        - {in: query, name: kept, schema: {$ref: '#/components/schemas/Nowhere'}}
      responses:
        2000: {description: no status}
        200: {$ref: '#/components/responses/Circle'}
components:
  responses:
    Circle: {$ref: '#/components/responses/Circle'}
"#,
    );
    let (operations, problems) = outline(&document);
    assert_eq!(operations, ["GET /good", "POST /broken"]);
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "#/paths/~1list: the path is not an object: left out",
            "#/paths/no-slash: the path does not begin with `/`: left out",
            "#/paths/~1broken/get: the operation is not an object: left out",
            "#/paths/~1broken/post/parameters/0: the parameter has no name: left out",
            "#/paths/~1broken/post/parameters/1: a parameter `a` in `moon` is unknown: left out",
            "#/paths/~1broken/post/parameters/2: the reference `#/components/parameters/Nowhere` leads nowhere: left out",
            "#/paths/~1broken/post/responses/2000: `2000` is not a status: left out",
            "#/paths/~1broken/post/responses/200: the reference `#/components/responses/Circle` leads nowhere: left out",
            "#/paths/~1broken/post/parameters/3/schema: the reference `#/components/schemas/Nowhere` leads nowhere",
        ]
    );
}

#[test]
fn files_beside_the_document_are_read_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("parts")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "openapi.yaml",
        "openapi: 3.0.0\npaths:\n  /a: {$ref: 'parts/a.yaml'}\n  /b: {get: {responses: {200: {$ref: 'parts/a.yaml#/x-ok'}}}}\n  /c: {$ref: 'parts/gone.yaml'}\n",
    );
    write(
        "parts/a.yaml",
        "get: {parameters: [{in: query, name: q, schema: {$ref: '../openapi.yaml#/components/schemas/Q'}}]}\nx-ok: {description: fine}\n",
    );
    let document = Document::open(folder.path().join("openapi.yaml")).unwrap();
    let (operations, problems) = outline(&document);
    assert_eq!(operations, ["GET /a", "GET /b"]);
    let messages: Vec<String> = problems.iter().map(|problem| problem.message.clone()).collect();
    assert!(messages[0].contains("gone.yaml` cannot be read"), "{messages:?}");
    assert!(
        messages[1].starts_with("the reference `#/x-declarest-files/gone.yaml` leads nowhere"),
        "{messages:?}"
    );
    assert!(messages[2].contains("`#/components/schemas/Q` leads nowhere"), "{messages:?}");
    assert_eq!(messages.len(), 3);
}

#[test]
fn the_real_documents_are_read() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let Ok(folder) = std::fs::read_dir(shared.join("openapi")) else {
        println!("skipped: the documents are not here");
        return;
    };
    let mut paths: Vec<_> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.push(shared.join("openai/openapi.json"));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    assert_eq!(paths.len(), 27);
    for path in paths {
        let document = Document::open(&path).unwrap();
        let (operations, problems) = outline(&document);
        println!("{}: {} operations, {} problems", path.display(), operations.len(), problems.len());
        problems.iter().take(5).for_each(|problem| println!("    {problem}"));
        assert!(!operations.is_empty());
    }
}
