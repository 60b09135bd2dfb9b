//! No secret is in a file.

use declarest::testing::{Mock, RecordMode};
use declarest::{ErrorKind, Secret};
use serde_json::{Value, json};

use super::*;

const VALUE: &str = "sk-CANARY-value-0002";
const PASSWORD: &str = "sk-CANARY-\"password\"/0003";

/// The content of the response in a line.
fn content(line: &Value) -> &Value {
    &line["response"]["content"]
}

#[tokio::test]
async fn no_credential_and_no_secret_is_in_the_file() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    let password = Secret::from(PASSWORD);
    let call = || vault.create("ci", Some(&password));
    // The server repeats everything that it was told.
    let echo =
        json!({"id": "key_1", "value": VALUE, "note": format!("{PASSWORD} and {CREDENTIAL}, {VALUE}")});
    mock.expect(call()).respond_json(200, echo).header("link", &format!("</keys/{VALUE}>; rel=\"next\""));
    mock.expect(call()).respond_json(401, json!({"hint": "sk-CANARY-hint", "said": CREDENTIAL}));
    let text = format!("wrong: Bearer {CREDENTIAL} {VALUE}");
    mock.expect(vault.get(VALUE, &[VALUE])).respond_bytes(400, "text/plain", text);
    call().await.unwrap();
    assert!(call().await.unwrap_err().body().unwrap().hint.is_some());
    vault.get(VALUE, &[VALUE]).await.unwrap_err();
    assert!(!folder.text().contains("CANARY"), "{}", folder.text());
    let lines = folder.lines();
    assert_eq!(
        content(&lines[0])["json"],
        json!({"id": "key_1", "value": "***", "note": "*** and ***, ***"})
    );
    assert_eq!(lines[0]["response"]["headers"][1], json!(["link", "</keys/***>; rel=\"next\""]));
    assert_eq!(content(&lines[1])["json"], json!({"hint": "***", "said": "***"}));
    assert_eq!(lines[2]["request"]["url"], "/keys/***?fields=***");
    assert_eq!(content(&lines[2])["text"], "wrong: *** ***");
}

#[tokio::test]
async fn what_pointers_name_is_replaced_in_its_shape() {
    let folder = Folder::new();
    let mock = Mock::new();
    let pointers = ["/data/*/email", "/data/*/age", "/owner", "/password"];
    let cassette =
        pointers.iter().fold(folder.cassette(RecordMode::Once), |cassette, pointer| cassette.redact(pointer));
    let vault = VaultClient::new(client(mock.builder(), &cassette));
    let answer = json!({
        "data": [{"email": "a@CANARY", "age": 42, "id": 12_345_678_901_234_567_u64}, {"email": null}],
        "owner": {"name": "CANARY", "is_admin": true, "tags": ["CANARY"]},
        "other": "kept",
    });
    mock.expect(vault.get("a", &[])).respond_json(200, answer);
    mock.expect(vault.login("ada", "CANARY")).respond_status(204);
    vault.get("a", &[]).await.unwrap();
    vault.login("ada", "CANARY").await.unwrap();
    assert!(!folder.text().contains("CANARY"), "{}", folder.text());
    let lines = folder.lines();
    assert_eq!(
        content(&lines[0])["json"],
        json!({
            "data": [{"email": "***", "age": 0, "id": 12_345_678_901_234_567_u64}, {"email": null}],
            "owner": {"name": "***", "is_admin": false, "tags": ["***"]},
            "other": "kept",
        })
    );
    assert_eq!(lines[1]["request"]["content"]["form"], json!([["user", "ada"], ["password", "***"]]));
    // What was replaced matches any text.
    let (_network, vault) = replaying(&folder);
    vault.login("ada", "other").await.unwrap();
}

#[tokio::test]
async fn content_that_no_type_has_read_whole_is_withheld() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    // The type fails at the first member, and does not come to the secret.
    mock.expect(vault.create("a", None)).respond_json(200, json!({"id": 1, "value": "CANARY"}));
    // `()` ignores the content.
    mock.expect(vault.rotate("a")).respond_json(200, json!({"value": "CANARY"}));
    assert_eq!(vault.create("a", None).await.unwrap_err().kind(), ErrorKind::Decode);
    vault.rotate("a").await.unwrap();
    assert!(!folder.text().contains("CANARY"), "{}", folder.text());
    let lines = folder.lines();
    assert_eq!(content(&lines[0])["withheld"], "the declared type could not read all of it");
    assert_eq!(content(&lines[1]), &Value::Null);

    let (_network, vault) = replaying(&folder);
    let error = vault.create("a", None).await.unwrap_err();
    assert!(format!("{error:?}").contains("keys.jsonl:2: the content was not recorded"), "{error:?}");
    vault.rotate("a").await.unwrap();
}

#[tokio::test]
async fn a_response_that_a_layer_replaces_is_withheld() {
    let folder = Folder::new();
    let mock = Mock::new();
    let replace = tower::util::MapResponseLayer::new(|response: http::Response<declarest::Body>| {
        let (head, body) = response.into_parts();
        let mut response = http::Response::new(body);
        *response.status_mut() = head.status;
        response
    });
    let builder = mock.builder().layer(folder.cassette(RecordMode::Once)).layer(replace);
    let vault = VaultClient::new(builder.build().unwrap());
    mock.expect(vault.create("a", None)).respond(&created("key_1", "sk-CANARY"));
    vault.create("a", None).await.unwrap();
    let lines = folder.lines();
    assert!(content(&lines[0])["withheld"].as_str().unwrap().contains("a layer replaced it"), "{lines:?}");
}

#[tokio::test]
async fn a_secret_that_the_content_does_not_hold_as_it_is_withholds_it() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    let texts = ["password CANARY-0001", "password canary-0002 x", "password pin", "password ", "\u{feff}x"];
    for text in texts {
        mock.expect(vault.text()).respond_bytes(200, "text/plain", text);
        vault.text().await.unwrap();
    }
    mock.expect(vault.text()).respond_bytes(200, "application/octet-stream", &b"\xff canary-0003"[..]);
    vault.text().await.unwrap_err();
    let lines = folder.lines();
    let held = |at: usize| content(&lines[at])["withheld"].as_str().map_or("", |why| why);
    // The type has written it in another way.
    assert_eq!(held(0), "a secret was read from it that it does not hold as it is");
    assert_eq!(content(&lines[1])["text"], "password *** x");
    assert_eq!(held(2), "a short secret is part of a text");
    assert_eq!(content(&lines[3])["text"], "password ");
    assert_eq!(held(5), "the declared type could not read all of it");
    assert!(!folder.text().to_lowercase().contains("canary"), "{}", folder.text());
}

#[tokio::test]
async fn lines_parts_and_compressed_content_hold_no_secret() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    let text = "{\"word\":\"a\", \"token\":\"CANARY-\\u0030\"}\n{\"word\":\"CANARY-0\"}";
    mock.expect(vault.lines()).respond_bytes(200, "application/x-ndjson", text);
    let pin = Secret::from("CANARY-12");
    mock.expect(vault.upload("a CANARY-12", pin.clone())).respond_status(204);
    mock.expect(vault.get("a", &[])).respond_json(200, json!("CANARY")).header("content-encoding", "br");
    let mut lines = vault.lines().await.unwrap();
    while lines.try_next().await.unwrap().is_some() {}
    drop(lines);
    vault.upload("a CANARY-12", pin.clone()).await.unwrap();
    let _ = vault.get("a", &[]).await;
    assert!(!folder.text().contains("CANARY"), "{}", folder.text());
    let lines = folder.lines();
    assert_eq!(content(&lines[0])["text"], "{\"word\":\"a\",\"token\":\"***\"}\n{\"word\":\"***\"}");
    let parts = &lines[1]["request"]["content"]["parts"];
    assert_eq!(
        (&parts[0]["content"]["text"], &parts[1]["content"]["text"]),
        (&json!("a ***"), &json!("***"))
    );

    let (_network, vault) = replaying(&folder);
    vault.upload("a CANARY-12", pin.clone()).await.unwrap();
}

#[tokio::test]
async fn a_short_secret_is_replaced_where_it_is_a_whole_value() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    mock.expect(vault.create("a", None)).respond(&created("key_1", "1"));
    vault.create("a", None).await.unwrap();
    assert_eq!(content(&folder.lines()[0])["json"], json!({"id": "key_1", "value": "***", "note": ""}));
}

#[tokio::test]
async fn layers_around_the_call_keep_the_witness() {
    let folder = Folder::new();
    let mock = Mock::new();
    let around = tower::layer::util::Identity::new();
    let builder = mock.builder().layer(folder.cassette(RecordMode::Once)).call_layer(around);
    let vault = VaultClient::new(builder.build().unwrap());
    mock.expect(vault.create("a", None)).respond(&created("key_1", "sk-CANARY"));
    vault.create("a", None).await.unwrap();
    assert_eq!(content(&folder.lines()[0])["json"]["value"], "***");
}
