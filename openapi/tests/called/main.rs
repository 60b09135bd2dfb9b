//! The test that `--calls` writes compiles, and asks the server that `BASE_URL` names.
//!
//! `src/api` and `tests/calls.rs` are the import of `documents/keys.yaml`, as it comes. Where the import has changed,
//! `UPDATE_CALLED=1 cargo test -p declarest-openapi --test called` writes them anew.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // Tests.
#![allow(clippy::duplicate_mod)] // The written test has the API as a private module.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::thread;

use declarest_openapi::{Config, Document, Import, State};
use serde_json::json;

#[rustfmt::skip]
#[path = "tests/calls.rs"]
mod calls;

#[rustfmt::skip]
#[path = "src/api/mod.rs"]
#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod api;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn document(name: &str) -> Document {
    Document::open(root().join("documents").join(name)).unwrap()
}

#[test]
fn the_files_are_as_they_are_written() {
    let document = document("keys.yaml");
    let import = Import::new(&document);
    let (imported, test) = (import.run(), import.calls("src/api".as_ref()));
    let (api, calls) = (root().join("called/src/api"), root().join("called/tests/calls.rs"));
    if std::env::var_os("UPDATE_CALLED").is_some() {
        fs::create_dir_all(calls.parent().unwrap()).unwrap();
        imported.write(&api).unwrap();
        fs::write(&calls, &test.text).unwrap();
    }
    let remedy = "`UPDATE_CALLED=1 cargo test -p declarest-openapi --test called` writes it anew";
    for outcome in imported.check(&api).unwrap() {
        assert_eq!(outcome.state, State::Same, "{}: {remedy}", outcome.path.display());
    }
    let text = fs::read_to_string(&calls).unwrap().replace("\r\n", "\n");
    assert!(text == test.text, "{}: {remedy}", calls.display());
    assert_eq!((test.called, test.not_called.len()), (5, 0));
}

#[test]
fn each_operation_is_called_once_with_what_it_requires() {
    let (base, requests) = serve(|request| match request {
        "GET /health" => (204, json!(null)),
        "POST /keys" => {
            (201, json!({"id": "k", "name": "n", "state": "new", "owner": {"id": "o"}, "api_key": "s"}))
        }
        "GET /keys" => (200, json!({"items": [], "next_page_token": "more"})),
        "GET /keys/text" => (200, json!({"id": "k", "name": null, "state": "active", "owner": {"id": "o"}})),
        "DELETE /keys/text?reason=text" => (204, json!(null)),
        _ => (404, json!(null)),
    });
    let (succeeds, output) = ask(&base);
    assert!(succeeds && output.contains("5 calls, 0 of them wrong"), "{output}");
    let requests: Vec<Request> = requests.try_iter().collect();
    assert_eq!(requests.len(), 5, "{requests:#?}");
    for request in requests {
        let is_public = request.line == "GET /health";
        assert_eq!(request.authorization.as_deref(), (!is_public).then_some("Bearer token"), "{request:?}");
        let body = if request.line == "POST /keys" { r#"{"name":"text"}"# } else { "" };
        assert_eq!(request.body, body, "{request:?}");
    }
}

#[test]
fn what_is_refused_fails_or_does_not_decode_is_listed() {
    let (base, _requests) = serve(|request| match request {
        "GET /health" => (503, json!(null)),
        "GET /keys" => (200, json!({"items": 1})),
        _ => (422, json!({"error": {"message": "no such thing"}})),
    });
    let (succeeds, output) = ask(&base);
    assert!(!succeeds && output.contains("5 calls, 5 of them wrong"), "{output}");
    for line in [
        "GET /health: the server failed: ",
        "GET /keys: the response does not decode: ",
        "POST /keys: refused: ",
        "{\"error\":{\"message\":\"no such thing\"}}",
    ] {
        assert!(output.contains(line), "{line} is not in\n{output}");
    }
}

#[test]
fn what_is_optional_is_set_in_a_chain() {
    use self::api::api_keys::{ListApiKeysParams, NewKey};
    let params = ListApiKeysParams::default().page_token("next").ids(["a", "b"]);
    assert_eq!(
        (params.page_token.as_deref(), params.ids.as_slice()),
        (Some("next"), &["a".to_owned(), "b".to_owned()][..])
    );
    let key = NewKey::new("ci").expires_in(3600);
    assert_eq!(serde_json::to_value(key).unwrap(), json!({"name": "ci", "expiresIn": 3600}));
}

#[test]
fn nothing_is_called_without_a_server() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["calls::each_operation_is_accepted", "--exact", "--nocapture"])
        .env_remove("BASE_URL")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("skipped: BASE_URL is not set"), "{text}");
}

#[test]
fn content_of_a_get_is_sent() {
    let content = |required: bool| json!({"required": required, "content": {"application/json": {"schema": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}}}});
    let get = |required: bool| json!({"get": {"requestBody": content(required), "responses": {}}});
    let document =
        json!({"openapi": "3.1.0", "info": {"title": "Odd"}, "paths": {"/a": get(true), "/b": get(false)}});
    let document = Document::of(document).unwrap();
    let import = Import::new(&document);
    let text: String = import.run().files.into_iter().map(|file| file.text).collect();
    assert!(text.contains("#[get(\"/a\", allow_body)]"), "{text}");
    assert!(text.contains("#[get(\"/b\", allow_body)]"), "{text}");
    let test = import.calls("src/api".as_ref()).text;
    assert!(
        test.contains("NRequest { n: 1 };\n    calls.make(\"GET /a\", api.get_a(&body)).await;"),
        "{test}"
    );
}

#[test]
fn what_cannot_be_called_is_listed_with_its_reason() {
    let document = Document::of(json!({
        "openapi": "3.1.0", "info": {"title": "Odd"},
        "components": {"securitySchemes": {"a": {"type": "apiKey", "in": "header", "name": "X-A"}, "b": {"type": "http", "scheme": "digest"}}},
        "paths": {
            "/a": {"post": {
                "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": {"properties": {"id": {"readOnly": true}}}}}},
                "responses": {},
            }},
            "/b": {"get": {"security": [{"b": []}], "responses": {}}},
            "/c": {"get": {
                "security": [{"b": []}, {"a": []}],
                "parameters": [{"in": "cookie", "name": "session", "required": true, "schema": {"type": "string"}}],
                "responses": {},
            }},
        },
    }))
    .unwrap();
    let test = Import::new(&document).config(Config::default()).calls("src/api".as_ref());
    let reasons: Vec<String> =
        test.not_called.iter().map(|(title, reason)| format!("{title}: {reason}")).collect();
    assert_eq!(
        reasons,
        [
            "POST /a: the document requires content, which was not imported",
            "GET /b: the document asks for a credential that is not known here",
        ]
    );
    for reason in reasons {
        assert!(test.text.contains(&format!("    // Not called: {reason}.\n")), "{}", test.text);
    }
    assert!(test.text.contains("Auth::api_key_header(\"X-A\", \"key\")"), "{}", test.text);
    assert!(test.text.contains("api.get_c(\"text\")"), "{}", test.text);
}

/// Runs the test in a process of its own, which has the variable.
fn ask(base: &str) -> (bool, String) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["calls::each_operation_is_accepted", "--exact", "--nocapture"])
        .env("BASE_URL", base)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[derive(Debug, Default)]
struct Request {
    /// `GET /keys`
    line: String,
    authorization: Option<String>,
    body: String,
}

/// A server on loopback: the status and the content for each request.
fn serve(
    respond: impl Fn(&str) -> (u16, serde_json::Value) + Send + 'static,
) -> (String, mpsc::Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (sender, requests) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let request = read(&stream);
            let (status, content) = respond(&request.line);
            let content = if content.is_null() { String::new() } else { content.to_string() };
            let length =
                if status == 204 { String::new() } else { format!("content-length: {}\r\n", content.len()) };
            let head = format!(
                "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\n{length}connection: close\r\n\r\n"
            );
            stream.write_all(format!("{head}{content}").as_bytes()).unwrap();
            // Nobody listens where only the result counts.
            let _ = sender.send(request);
        }
    });
    (base, requests)
}

fn read(stream: &TcpStream) -> Request {
    let mut lines = BufReader::new(stream);
    let mut request = Request::default();
    let mut length = 0;
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let line = line.trim_end();
        match line.split_once(": ") {
            _ if line.is_empty() => break,
            _ if request.line.is_empty() => line.trim_end_matches(" HTTP/1.1").clone_into(&mut request.line),
            Some((name, value)) if name.eq_ignore_ascii_case("authorization") => {
                request.authorization = Some(value.to_owned());
            }
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().unwrap();
            }
            _ => {}
        }
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).unwrap();
    request.body = String::from_utf8(body).unwrap();
    request
}
