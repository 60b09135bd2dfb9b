//! What is recorded is replayed, without a network.

use declarest::testing::{Fault, Mock, RecordMode};
use declarest::{ErrorKind, Events, Secret};
use http::StatusCode;
use serde_json::json;

use super::*;

#[tokio::test]
async fn the_second_run_replays_the_first() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    let password = Secret::from("hunter2");
    mock.expect(vault.create("ci", Some(&password))).respond(&created("key_1", "sk-new-0001"));
    mock.expect(vault.get("key_1", &["a", "b"])).respond_json(200, json!({"n": 1})).header("x-other", "1");
    vault.create("ci", Some(&password)).await.unwrap();
    vault.get("key_1", &["a", "b"]).await.unwrap();
    // Each line is there as soon as its call has ended.
    assert_eq!(
        folder.text(),
        concat!(
            r#"{"cassette":1}"#,
            "\n",
            r#"{"n":1,"endpoint":"Vault::create","request":{"method":"POST","url":"/keys","headers":[["accept","application/json"],["content-type","application/json"]],"content":{"json":{"name":"ci","password":"***"}}},"response":{"status":200,"headers":[["content-type","application/json"]],"content":{"json":{"id":"key_1","value":"***","note":""}}}}"#,
            "\n",
            r#"{"n":2,"endpoint":"Vault::get","request":{"method":"GET","url":"/keys/key_1?fields=a&fields=b","headers":[["accept","application/json"]]},"response":{"status":200,"headers":[["content-type","application/json"]],"content":{"json":{"n":1}}}}"#,
            "\n",
        )
    );

    let (_network, vault) = replaying(&folder);
    let key = vault.create("ci", Some(&"another".into())).await.unwrap();
    assert_eq!((key.id.as_str(), key.value.expose()), ("key_1", "***"));
    assert_eq!(vault.get("key_1", &["b", "a"]).await.unwrap(), json!({"n": 1}));
}

#[tokio::test]
async fn equal_requests_are_replayed_in_their_order_and_retries_are_retries() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    mock.expect(vault.get("a", &[])).respond_status(503).then().respond_json(200, json!(1));
    mock.expect(vault.get("a", &[])).fail(Fault::ResetAfterRequest).then().respond_json(200, json!(2));
    assert_eq!(vault.get("a", &[]).await.unwrap(), json!(1));
    assert_eq!(vault.get("a", &[]).await.unwrap(), json!(2));
    let statuses: Vec<_> = folder.lines().iter().map(|line| line["response"]["status"].clone()).collect();
    assert_eq!(statuses, [503, 200, 200], "a lost connection is not recorded");

    let (network, vault) = replaying(&folder);
    assert_eq!(vault.get("a", &[]).with_reply().await.unwrap().attempts, 2);
    assert!(!network.elapsed().is_zero(), "the retry waits as ever");
    assert_eq!(vault.get("a", &[]).await.unwrap(), json!(2));
    let error = vault.get("a", &[]).await.unwrap_err();
    assert!(
        format!("{error:?}").contains("it was replayed already, as often as it was recorded"),
        "{error:?}"
    );
}

#[tokio::test]
async fn lines_are_replayed_in_the_order_of_the_requests() {
    let folder = Folder::new();
    let lines = [2, 1].map(|n| {
        let response = format!(r#"{{"status":200,"content":{{"json":{n}}}}}"#);
        format!(
            r#"{{"n":{n},"endpoint":"","request":{{"method":"GET","url":"/keys/a"}},"response":{response}}}"#
        )
    });
    write(&folder.file(), &format!("{{\"cassette\":1}}\n{}\n", lines.join("\n")));
    let (_network, vault) = replaying(&folder);
    assert_eq!(vault.get("a", &[]).await.unwrap(), json!(1));
    assert_eq!(vault.get("a", &[]).await.unwrap(), json!(2));
}

#[tokio::test]
async fn a_request_that_is_not_there_shows_the_nearest_and_the_difference() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    mock.expect(vault.create("ci", None)).respond(&created("key_1", "sk-new-0001"));
    vault.create("ci", None).await.unwrap();
    let (_network, vault) = replaying(&folder);
    let error = vault.create("cd", None).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::NotFaked, 1));
    let expected = format!(
        "\
{} has no response for POST /keys (Vault::create)
   nearest, in line 2: POST /keys
     JSON at `/name`: expected \"ci\", actual \"cd\"
   delete the file to record it again",
        folder.file().display()
    );
    assert!(format!("{error:?}").contains(&expected), "{error:?}");
}

#[tokio::test]
async fn the_mode_decides_what_is_recorded() {
    let folder = Folder::new();
    let run = async |mode: RecordMode, id: &str, answer: Option<i32>| {
        let mock = Mock::new();
        let vault = VaultClient::new(client(mock.builder(), &folder.cassette(mode)));
        if let Some(answer) = answer {
            mock.expect(vault.get(id, &[])).respond_json(200, json!(answer));
        }
        vault.get(id, &[]).await.map_err(|error| error.kind())
    };
    assert_eq!(run(RecordMode::Replay, "a", None).await, Err(ErrorKind::Configuration));
    assert_eq!(run(RecordMode::Once, "a", Some(1)).await, Ok(json!(1)));
    assert_eq!(run(RecordMode::Once, "b", None).await, Err(ErrorKind::NotFaked));
    assert_eq!(run(RecordMode::NewEpisodes, "b", Some(2)).await, Ok(json!(2)));
    assert_eq!(run(RecordMode::NewEpisodes, "a", None).await, Ok(json!(1)));
    assert_eq!(run(RecordMode::Replay, "b", None).await, Ok(json!(2)));
    assert_eq!(folder.lines()[1]["n"], 2);
    assert_eq!(run(RecordMode::Record, "c", Some(3)).await, Ok(json!(3)));
    assert_eq!(run(RecordMode::Replay, "a", None).await, Err(ErrorKind::NotFaked));
    assert_eq!(run(RecordMode::Replay, "c", None).await, Ok(json!(3)));
}

#[tokio::test]
async fn a_stream_is_replayed_as_far_as_it_was_read() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    let text = "data: {\"word\": \"a\"}\n\ndata: {\"word\": \"b\", \"token\": \"sk-stream-0001\"}\n\n";
    for _ in 0..2 {
        let expected = mock.expect(vault.words());
        expected.header("content-type", "text/event-stream").respond_bytes(200, "text/event-stream", text);
    }
    let mut words = vault.words().await.unwrap();
    while words.try_next().await.unwrap().is_some() {}
    drop(words);
    // The second is dropped before its end.
    let mut words = vault.words().await.unwrap();
    words.try_next().await.unwrap();
    drop(words);
    let lines = folder.lines();
    let masked = "data: {\"word\": \"a\"}\n\ndata: {\"word\":\"b\",\"token\":\"***\"}\n\n";
    assert_eq!(lines[0]["response"]["content"]["text"], masked);
    assert_eq!((&lines[0]["response"]["cut"], &lines[1]["response"]["cut"]), (&json!(null), &json!(true)));

    let (_network, vault) = replaying(&folder);
    let mut words = vault.words().await.unwrap();
    let mut all = String::new();
    while let Some(token) = words.try_next().await.unwrap() {
        all.push_str(&token.word);
        all.push_str(token.token.as_ref().map_or("", Secret::expose));
    }
    assert_eq!(all, "ab***");
    let mut words: Events<Token> = vault.words().await.unwrap();
    assert_eq!(words.try_next().await.unwrap().unwrap().word, "a");
    words.try_next().await.unwrap();
    let error = words.try_next().await.unwrap_err();
    assert!(format!("{error:?}").contains("keys.jsonl:3: the recording ends here"), "{error:?}");
}

#[tokio::test]
async fn bytes_headers_and_errors_are_replayed() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    mock.expect(vault.image()).respond_bytes(200, "image/png", &b"\x89PNG\0\xff"[..]).header("etag", "\"1\"");
    mock.expect(vault.get("x", &[]))
        .respond_json(404, json!({"code": "gone"}))
        .header("x-request-id", "req_1");
    mock.expect(vault.login("ada", "pw")).respond_status(204);
    vault.image().await.unwrap();
    vault.get("x", &[]).await.unwrap_err();
    vault.login("ada", "pw").await.unwrap();

    let (_network, vault) = replaying(&folder);
    let image = vault.image().with_reply().await.unwrap();
    assert_eq!(
        (&*image.value, &image.headers["etag"]),
        (&b"\x89PNG\0\xff"[..], &http::HeaderValue::from_static("\"1\""))
    );
    let error = vault.get("x", &[]).await.unwrap_err();
    assert_eq!((error.status(), error.request_id()), (Some(StatusCode::NOT_FOUND), Some("req_1")));
    assert_eq!(error.body(), br#"{"code":"gone"}"#);
    assert_eq!(vault.login("ada", "pw").await.unwrap().status, 204);
    assert_eq!(
        folder.lines()[2]["request"]["content"],
        json!({"form": [["user", "ada"], ["password", "pw"]]})
    );
}

#[tokio::test]
async fn a_redirect_is_replayed() {
    let folder = Folder::new();
    let server = tower::service_fn(|request: http::Request<declarest::Body>| async move {
        let response = http::Response::builder();
        match request.uri().path() {
            "/old" => response.status(302).header("location", "/new").body("<a>moved</a>".into()),
            _ => response.body(declarest::Body::from(r#"{"word": "new"}"#)),
        }
    });
    let builder = Client::builder("https://api.test").transport(server);
    let vault = VaultClient::new(client(builder, &folder.cassette(RecordMode::Once)));
    assert_eq!(vault.moved().await.unwrap().word, "new");
    let lines = folder.lines();
    // Nobody reads the content of a redirect.
    let withheld = lines[0]["response"]["content"]["withheld"].as_str().unwrap();
    assert!(withheld.contains("that of a redirect"), "{withheld}");
    assert_eq!(lines[1]["response"]["content"], json!({"text": r#"{"word": "new"}"#}));

    let (_network, vault) = replaying(&folder);
    assert_eq!(vault.moved().await.unwrap().word, "new");
}

/// The process of the next test.
#[tokio::test]
async fn records_and_is_killed() {
    let Some(file) = std::env::var_os("DECLAREST_TEST_CASSETTE") else { return };
    let mock = Mock::new();
    let vault = VaultClient::new(client(mock.builder(), &Cassette::open(file).mode(RecordMode::Once)));
    mock.stub(vault.get("a", &[])).respond_json(200, json!(1));
    vault.get("a", &[]).await.unwrap();
    std::process::abort();
}

#[tokio::test]
async fn what_was_recorded_outlives_the_process() {
    let folder = Folder::new();
    let program = std::env::current_exe().unwrap();
    let mut child = std::process::Command::new(program);
    child.args(["--exact", "cassette::replays::records_and_is_killed"]);
    child.env("DECLAREST_TEST_CASSETTE", folder.file()).stdout(std::process::Stdio::null());
    assert!(!child.stderr(std::process::Stdio::null()).status().unwrap().success());
    let (_network, vault) = replaying(&folder);
    assert_eq!(vault.get("a", &[]).await.unwrap(), json!(1));
}

#[tokio::test]
async fn a_call_that_is_dropped_is_not_recorded() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    mock.expect(vault.get("a", &[])).fail(Fault::Truncated);
    assert_eq!(vault.get("a", &[]).attempts(1).await.unwrap_err().kind(), ErrorKind::Truncated);
    assert!(!folder.file().exists());
}
