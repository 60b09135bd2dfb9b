//! Answers that are cut off, no HTTP, empty, or not what was declared.

use declarest::{Call, Effect, ErrorKind, Secret, Text, api};
use declarest_tests::Step;
use serde::Deserialize;

use super::{KEY, Keys as _, builder, keys, server};

/// Answers that end before their body does.
fn cut_off() -> Vec<Step> {
    let head = "HTTP/1.1 200 OK\r\n";
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n");
    let known = format!("{head}content-length: 99\r\n\r\n");
    vec![
        Step::SendAndClose(format!("{known}{{").into_bytes()),
        Step::SendAndClose(known.clone().into_bytes()),
        Step::SendAndReset(format!("{known}{KEY}").into_bytes()),
        Step::SendAndClose(format!("{chunked}5\r\n{{").into_bytes()),
        Step::SendAndClose(format!("{chunked}1\r\n{{\r\n").into_bytes()),
        Step::SendAndClose(format!("{chunked}{:x}\r\n{KEY}\r\n", KEY.len()).into_bytes()),
        Step::SendAndClose(format!("{chunked}zz\r\n{KEY}\r\n0\r\n\r\n").into_bytes()),
        Step::SendAndReset(format!("{chunked}5\r\n{{").into_bytes()),
    ]
}

/// Row 7.
#[tokio::test]
async fn an_answer_that_is_cut_off_says_so_and_is_repeated_where_that_is_safe() {
    for step in cut_off() {
        let server = server([step.clone(), step.clone(), Step::json(200, KEY)]).await;
        let reply = keys(&server).get("key_1").with_reply().await.unwrap();
        assert_eq!((reply.attempts, server.requests().len()), (3, 3), "{step:?}");
    }
    for step in cut_off() {
        let server = server([step.clone()]).await;
        let error = keys(&server).create("x").await.unwrap_err();
        let known = (error.kind(), error.effect(), error.status().map(|status| status.as_u16()));
        assert_eq!(known, (ErrorKind::Truncated, Effect::Responded, Some(200)), "{step:?}");
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{step:?}");
    }
}

/// Row 53. A body without a length ends with its connection, so only its JSON tells that it was cut.
#[tokio::test]
async fn json_that_breaks_off_with_its_connection_is_cut_off() {
    #[api]
    trait Lists {
        #[get("/list")]
        fn list(&self) -> Call<Vec<f64>>;
        #[post("/list")]
        fn make(&self) -> Call<Vec<f64>>;
        #[get("/text")]
        fn text(&self) -> Call<Text>;
    }
    let unframed = |body: &str| {
        Step::SendAndClose(
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{body}").into_bytes(),
        )
    };
    for cut in ["[1,2", "[", "[1,", "[1.", "[1,2 "] {
        let server = server([unframed(cut), unframed("[1,2]")]).await;
        let lists = ListsClient::new(builder(server.base_url()).build().unwrap());
        let reply = lists.list().with_reply().await.unwrap();
        assert_eq!((reply.value, reply.attempts), (vec![1.0, 2.0], 2), "{cut}");
    }
    let server = server([unframed("[1,2")]).await;
    let lists = ListsClient::new(builder(server.base_url()).build().unwrap());
    let error = lists.make().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Truncated, Effect::Responded));
    assert_eq!((error.status().unwrap().as_u16(), server.requests().len()), (200, 1));
    assert_eq!(lists.text().await.unwrap(), "[1,2", "text does not tell");
    // What is wrong is not cut, and a length tells that nothing is missing.
    for step in [unframed("[1,}"), unframed("<html>"), Step::json(200, "[1,2")] {
        let server = super::server([step.clone()]).await;
        let error = ListsClient::new(builder(server.base_url()).build().unwrap()).list().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{step:?}");
    }
}

/// Row 50. An error's body is kept as far as the limit, and as far as it came.
#[tokio::test]
async fn the_start_of_an_errors_body_is_kept_if_the_body_is_large_or_cut_off() {
    let large = "x".repeat((64 << 10) + 1);
    let head = "HTTP/1.1 404 X\r\n";
    for (step, kept) in [
        (Step::json(404, &large), 64 << 10),
        (Step::SendAndClose(format!("{head}content-length: 99\r\n\r\nabc").into_bytes()), 3),
        (Step::SendAndClose(format!("{head}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n").into_bytes()), 3),
    ] {
        let server = server([step]).await;
        let error = keys(&server).get("key_1").await.unwrap_err();
        assert_eq!((error.is_not_found(), error.body().len()), (true, kept));
    }
}

/// Row 7. What comes as a stream is in the caller's hands, so the end of it is the caller's to see.
#[tokio::test]
async fn a_stream_that_is_cut_off_gives_what_came_and_then_the_error() {
    #[api]
    trait Files {
        #[get("/file")]
        fn file(&self) -> Call<declarest::ByteStream>;
    }
    let server =
        server([Step::SendAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec())]).await;
    let mut file = FilesClient::new(builder(server.base_url()).build().unwrap()).file().await.unwrap();
    assert_eq!(file.try_next().await.unwrap().unwrap(), "abc");
    let error = file.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Truncated, Effect::Responded));
    assert_eq!((file.try_next().await.unwrap(), server.requests().len()), (None, 1));
}

/// Rows 7 and 53. A body without a length ends with its connection: only JSON tells a cut from the end.
#[tokio::test]
async fn a_body_that_ends_with_its_connection_is_taken_as_whole() {
    #[api]
    trait Files {
        #[get("/file")]
        fn file(&self) -> Call<Text>;
    }
    let sent = |body: &str| Step::SendAndClose(format!("HTTP/1.1 200 OK\r\n\r\n{body}").into_bytes());
    let cut = KEY.get(..5).unwrap();
    let server = server([sent(KEY), sent(cut), sent(cut), sent(cut), sent("abc")]).await;
    assert!(keys(&server).get("key_1").await.is_ok());
    let error = keys(&server).get("key_1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Truncated, 3));
    let text = FilesClient::new(builder(server.base_url()).build().unwrap()).file().await.unwrap();
    assert_eq!((text.as_str(), server.requests().len()), ("abc", 5));
}

/// Row 8.
#[tokio::test]
async fn nonsense_is_an_error() {
    for bytes in [
        b"garbage\r\n\r\n".to_vec(),
        b"\r\n\r\n\r\n".to_vec(),
        b"HTTP/9.9 200 OK\r\n\r\n".to_vec(),
        b"HTTP/1.1 99 Low\r\ncontent-length: 0\r\n\r\n".to_vec(),
        b"HTTP/1.1 20x OK\r\ncontent-length: 0\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\n: empty\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx".to_vec(),
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nxx".to_vec(),
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\nxx".to_vec(),
        [b"HTTP/1.1 200 OK\r\nx: ".to_vec(), vec![b'a'; 600 << 10]].concat(),
        [b"HTTP/1.1 200 OK\r\n".to_vec(), b"x: y\r\n".repeat(100_000)].concat(),
        b"HTTP/1.1 100 Continue\r\n\r\n".repeat(5000),
        b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(5000),
    ] {
        let server = server([Step::SendAndClose(bytes.clone())]).await;
        let error = keys(&server).create("x").await.unwrap_err();
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert_eq!((error.effect(), server.requests().len()), (Effect::MaybeSent, 1), "{start}");
        assert_eq!(error.kind(), ErrorKind::Transport, "{start}");
    }
}

/// Row 8. What comes before the answer is no answer (RFC 9110, 15.2).
#[tokio::test]
async fn a_few_early_hints_are_passed_over() {
    let hints = b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(3);
    let Step::Send(answer) = Step::json(200, KEY) else { unreachable!() };
    let server = server([Step::Send([hints, answer].concat())]).await;
    assert_eq!(keys(&server).create("x").await.unwrap().id, "key_1");
}

/// Row 8. Bytes behind an answer are nobody's: least of all the next call's.
#[tokio::test]
async fn an_answer_that_nobody_asked_for_is_not_the_next_calls() {
    let Step::Send(own) = Step::json(200, KEY) else { unreachable!() };
    let Step::Send(stolen) = Step::json(200, r#"{"id":"stolen"}"#) else { unreachable!() };
    let no_content = b"HTTP/1.1 204 No Content\r\n\r\n".to_vec();
    for first in [own, no_content] {
        let script = [Step::Send([first, stolen.clone()].concat()), Step::json(200, KEY)];
        let server = server(script).await;
        let keys = keys(&server);
        keys.find("a").await.unwrap();
        assert_eq!(keys.create("x").await.unwrap().id, "key_1");
        assert_eq!((server.requests().len(), server.connections()), (2, 2));
    }
    // The answer to a HEAD has no body, whatever its length says (RFC 9110, 9.3.2).
    let server = server([Step::Send(stolen), Step::json(200, KEY)]).await;
    let keys = keys(&server);
    keys.head("a").await.unwrap();
    assert_eq!(keys.create("x").await.unwrap().id, "key_1");
}

/// Row 9.
#[tokio::test]
async fn empty_bodies() {
    for step in [
        Step::json(200, ""),
        Step::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        Step::Send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n".to_vec()),
        Step::SendAndClose(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
    ] {
        let server = server([step]).await;
        let keys = keys(&server);
        let error = keys.get("key_1").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.effect(), error.attempts()),
            (ErrorKind::EmptyBody, Effect::Responded, 1)
        );
        assert!(error.is_repeatable(), "a GET is");
        let error = keys.create("x").await.unwrap_err();
        assert!(error.kind() == ErrorKind::EmptyBody && !error.is_repeatable());
        assert!(keys.find("key_1").await.unwrap().is_none());
        keys.delete("key_1").await.unwrap();
    }
    for body in [r#"{"deleted":true}"#, "<html>", "null", "\u{0}"] {
        let server = server([Step::json(200, body)]).await;
        keys(&server).delete("key_1").await.unwrap();
    }
}

/// Row 9. The rest of a body that nobody reads may be wrong or missing: the DELETE has taken effect.
#[tokio::test]
async fn what_nobody_reads_does_not_make_a_call_fail() {
    for step in cut_off() {
        let server = server([step.clone()]).await;
        keys(&server).delete("key_1").await.unwrap();
        assert_eq!(server.requests().len(), 1, "{step:?}");
    }
}

/// Rows 10 and 11.
#[tokio::test]
async fn what_is_no_json_is_described_and_not_shown() {
    let html = Step::with_headers(200, &["content-type: text/html; charset=utf-8"], "<html>CANARY</html>");
    let mut bad_utf8 = b"HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n{\"id\":\"CANARY\xff CANARY".to_vec();
    bad_utf8.extend_from_slice(b"\"}");
    for (step, told) in [
        (html, "text/html, 19 bytes"),
        (Step::with_headers(200, &[], "CANARY"), "no content type, 6 bytes"),
        (Step::with_headers(200, &["content-type: <CANARY>"], "CANARY"), "no content type, 6 bytes"),
        (Step::Send(bad_utf8), "invalid UTF-8 at byte 13"),
        (Step::json(200, r#"{"id":"CANARY"} junk"#), "line 1, column 17"),
        (Step::json(200, r#"{"id":"CANARY"}{"id":"CANARY"}"#), "line 1, column 16"),
        (Step::json(200, "{\n \"id\": \"CANARY"), "line 2"),
        (Step::json(200, r#"{"id":["CANARY"]}"#), "`id`: expected a string, found sequence at line 1"),
        (Step::json(200, r#""CANARY""#), "expected struct Key, found string at line 1, column 8"),
        (
            Step::json(200, r#"{"id":"CANARY","expires_at":"CANARY"}"#),
            "`expires_at`: expected u64, found string",
        ),
        (Step::json(200, r#"{"identifier":"CANARY"}"#), "the field `id` is missing"),
    ] {
        let server = server([step.clone()]).await;
        let error = keys(&server).get("CANARY").await.unwrap_err();
        let texts = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
        assert!(error.kind() == ErrorKind::Decode && texts.contains(told), "{texts}");
        assert!(!texts.contains("CANARY"), "{texts}");
        assert_eq!(server.requests().len(), 1, "another try would give the same");
    }
}

/// Row 11.
#[tokio::test]
async fn a_wrong_type_where_a_secret_stands_shows_nothing_of_it() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Created {
        value: Secret,
        owner: Owner,
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Owner {
        role: Role,
    }
    #[derive(Debug, Deserialize)]
    enum Role {
        Admin,
    }
    #[api]
    trait Secrets {
        #[post("/secrets", idempotent)]
        fn create(&self) -> Call<Created>;
        #[get("/text")]
        fn text(&self) -> Call<Text>;
    }
    for (json, told) in [
        (r#"{"value":{"sk":"CANARY"},"owner":{"role":"Admin"}}"#, "`value`: expected a string, found map"),
        (r#"{"value":4815162342,"owner":{"role":"Admin"}}"#, "`value`: expected a string, found integer"),
        (r#"{"value":"sk-CANARY","owner":{"role":"CANARY"}}"#, "`owner.role`: expected `Admin`"),
        (
            r#"{"value":"sk-CANARY","owner":{"role":"Admin"},"value":"CANARY"}"#,
            "the field `value` is given twice",
        ),
        (r#"{"value":"sk-CANARY","owner":{"CANARY":[1,2"#, "line 1"),
    ] {
        let server = server([Step::json(200, json)]).await;
        let secrets = SecretsClient::new(builder(server.base_url()).build().unwrap());
        let error = secrets.create().await.unwrap_err();
        let texts = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
        assert!(texts.contains(told), "{texts}");
        assert!(!texts.contains("CANARY") && !texts.contains("4815162342"), "{texts}");
    }
    let server =
        server([Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nCANARY\xff".to_vec())]).await;
    let error = SecretsClient::new(builder(server.base_url()).build().unwrap()).text().await.unwrap_err();
    assert!(error.kind() == ErrorKind::Decode && !format!("{error} {error:?}").contains("CANARY"));
}

/// Row 12.
#[tokio::test]
async fn what_the_declaration_does_not_know_does_not_hurt() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Status {
        Active,
        #[serde(other)]
        Unknown,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Thing {
        status: Status,
        note: Option<String>,
        #[serde(default)]
        tags: Vec<String>,
    }
    #[api]
    trait Things {
        #[get("/thing")]
        fn thing(&self) -> Call<Thing>;
    }
    let (note, tags) = (None, Vec::new());
    for (json, status) in [
        (r#"{"status":"active","added":{"in":[2031]}}"#, Status::Active),
        (r#"{"status":"quarantined","note":null}"#, Status::Unknown),
    ] {
        let server = server([Step::json(200, json)]).await;
        let thing = ThingsClient::new(builder(server.base_url()).build().unwrap()).thing().await.unwrap();
        assert_eq!(thing, Thing { status, note: note.clone(), tags: tags.clone() });
    }
}

/// RFC 8259, 8.1 allows to ignore a mark; the labels of charsets are those of the WHATWG Encoding Standard.
#[tokio::test]
async fn a_byte_order_mark_is_not_part_of_a_value_and_a_text_obeys_its_charset() {
    #[api]
    trait Texts {
        #[get("/json")]
        fn json(&self) -> Call<Vec<u8>>;
        #[get("/text")]
        fn text(&self) -> Call<Text>;
    }
    let answer = |media: &str, body: &[u8]| {
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ncontent-length: {}\r\n\r\n", body.len());
        Step::Send([head.as_bytes(), body].concat())
    };
    let texts = [
        ("text/plain", &b"\xEF\xBB\xBFstra\xC3\x9Fe"[..], Ok("stra\u{df}e")),
        ("text/plain; charset=iso-8859-1", b"stra\xDFe", Ok("stra\u{df}e")),
        ("text/plain;Charset=\"UTF-16LE\"", b"a\0b\0", Ok("ab")),
        ("text/plain; charset=shift_jis", b"\x83\x65", Ok("\u{30c6}")),
        ("text/plain", b"stra\xDFe", Err("expected UTF-8")),
        ("text/plain; charset=shift_jis", b"\x83", Err("expected Shift_JIS")),
        ("text/plain; charset=klingon", b"a", Err("its charset")),
    ];
    let marked = answer("application/json", b"\xEF\xBB\xBF[1]");
    let steps = texts.iter().map(|(media, body, _)| answer(media, body));
    let server = server(std::iter::once(marked).chain(steps)).await;
    let client = TextsClient::new(builder(server.base_url()).build().unwrap());
    assert_eq!(client.json().await.unwrap(), [1]);
    for (media, body, expected) in texts {
        match (client.text().await, expected) {
            (Ok(text), Ok(expected)) => assert_eq!(text, expected, "{media}"),
            (Err(error), Err(why)) => assert!(error.to_string().contains(why), "{media}: {error}"),
            (given, _) => panic!("{media} {body:?}: {given:?}"),
        }
    }
}
