//! Streams that are not what was declared, hold errors, or end in any way.

use declarest::{Call, Effect, ErrorKind, Event, Events, JsonLines, Reply, api};
use declarest_tests::{ScriptedServer, Step};
use serde::Deserialize;

use super::{builder, server};

#[derive(Debug, PartialEq, Deserialize)]
struct Delta {
    n: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Problem {
    code: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Failed {
    error: Problem,
}

#[api]
trait Feed {
    #[get("/events")]
    fn events(&self) -> Call<Events<Delta>>;
    #[get("/raw")]
    fn raw(&self) -> Call<Events<Event>>;
    #[get("/reply")]
    fn reply(&self) -> Call<Reply<Events<Delta>>>;
    #[get("/lies", events(any_media_type))]
    fn lies(&self) -> Call<Events<Delta>>;
    #[get("/ended", events(end = "[DONE]"))]
    fn ended(&self) -> Call<Events<Delta>>;
    #[get("/failing", events(error_event = "error", error_member = "error"))]
    fn failing(&self) -> Call<Events<Delta>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Delta>>;
}

async fn feed(step: Step) -> (ScriptedServer, FeedClient) {
    let server = server([step]).await;
    let client = FeedClient::new(builder(server.base_url()).build().unwrap());
    (server, client)
}

fn events(body: &str) -> Step {
    Step::with_headers(200, &["content-type: text/event-stream"], body)
}

fn lines(body: &str) -> Step {
    Step::with_headers(200, &["content-type: application/x-ndjson"], body)
}

/// A response whose body ends with its connection (RFC 9112, 6.3).
fn unframed(media: &str, body: &str) -> Step {
    Step::SendAndClose(format!("HTTP/1.1 200 OK\r\ncontent-type: {media}\r\n\r\n{body}").into_bytes())
}

/// The numbers of all items, and the kind of the error that ends them.
macro_rules! read {
    ($stream:expr) => {{
        let (mut stream, mut items) = ($stream.await.unwrap(), Vec::new());
        loop {
            match stream.try_next().await {
                Ok(Some(Delta { n })) => items.push(n),
                Ok(None) => break (items, None),
                Err(error) => {
                    assert!(stream.try_next().await.unwrap().is_none(), "it has ended");
                    break (items, Some(error.kind()));
                }
            }
        }
    }};
}

/// Row 47.
#[tokio::test]
async fn another_media_type_is_an_error_with_type_length_and_body() {
    let json = r#"{"error":{"code":"CANARY"}}"#;
    let typed = |media: &str| Step::with_headers(200, &[&format!("content-type: {media}")], json);
    for (step, told) in [
        (
            typed("application/json; charset=utf-8"),
            "expected text/event-stream, found application/json, 27 bytes",
        ),
        (typed("text/html"), "found text/html, 27 bytes"),
        (typed("text/event-streams"), "found text/event-streams, 27 bytes"),
        (typed("text/plain; text/event-stream"), "found text/plain, 27 bytes"),
        (Step::with_headers(200, &[], json), "found no content type, 27 bytes"),
    ] {
        let (server, client) = feed(step).await;
        let error = client.events().await.unwrap_err();
        let known = (error.kind(), error.effect(), error.status().unwrap().as_u16());
        assert_eq!(known, (ErrorKind::Decode, Effect::Responded, 200));
        assert_eq!(error.body_as::<Failed>().unwrap().error.code, "CANARY");
        let texts = format!("{error} {error:?}");
        assert!(texts.contains(told) && !texts.contains("CANARY"), "{texts}");
        assert_eq!(client.reply().await.unwrap_err().body(), json.as_bytes());
        assert_eq!(server.requests().len(), 2, "another try would give the same");
    }
    for media in ["text/event-stream;charset=utf-8", "Text/Event-Stream ; x=y", " text/event-stream"] {
        let step = Step::with_headers(200, &[&format!("content-type: {media}")], "data: {\"n\":1}\n\n");
        assert_eq!(read!(feed(step).await.1.events()), (vec![1], None), "{media}");
    }
}

/// Row 47.
#[tokio::test]
async fn a_server_that_lies_about_its_media_type_can_be_read_where_that_is_declared() {
    for headers in [&["content-type: application/json"][..], &[]] {
        let (_server, client) = feed(Step::with_headers(200, headers, "data: {\"n\":1}\n\n")).await;
        assert_eq!(read!(client.lies()), (vec![1], None));
    }
}

/// Row 47. Formats of lines have no one media type; a page is none of them.
#[tokio::test]
async fn lines_of_json_are_not_a_page_of_html() {
    let page = "<html>CANARY</html>";
    let html = Step::with_headers(200, &["content-type: text/html; charset=utf-8"], page);
    let (_server, client) = feed(html).await;
    let error = client.lines().await.unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, page.as_bytes()));
    let texts = format!("{error} {error:?}");
    assert!(texts.contains("text/html, 19 bytes") && !texts.contains("CANARY"), "{texts}");
    for headers in [&["content-type: application/json"][..], &["content-type: text/plain"], &[]] {
        let (_server, client) = feed(Step::with_headers(200, headers, "{\"n\":1}\n{\"n\":2}")).await;
        assert_eq!(read!(client.lines()), (vec![1, 2], None));
    }
}

/// Rows 13 and 47. Of a body that does not end, or that breaks off, the start is kept.
#[tokio::test]
async fn of_a_large_or_broken_body_that_was_not_declared_the_start_is_kept() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
    let endless = Step::Repeat(head.into(), chunk.clone().into_bytes(), std::time::Duration::ZERO);
    let (server, client) = feed(endless).await;
    let error = client.events().await.unwrap_err();
    assert_eq!((error.kind(), error.body().len()), (ErrorKind::Decode, 64 << 10));
    server.is_left().await;
    let (_server, client) = feed(Step::SendAndClose(format!("{head}{chunk}1000\r\nx").into_bytes())).await;
    let error = client.lines().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!((0x1000..=0x1001).contains(&error.body().len()), "{}", error.body().len());
}

/// Row 48.
#[tokio::test]
async fn an_item_that_does_not_fit_is_an_error_with_its_text_and_the_next_one_is_read() {
    let problem = r#"{"error":{"code":"CANARY"}}"#;
    let (_server, client) =
        feed(events(&format!("data: {{\"n\":1}}\n\ndata: {problem}\n\ndata: {{\"n\":2}}\n\n"))).await;
    let mut stream = client.events().await.unwrap();
    assert_eq!(stream.try_next().await.unwrap(), Some(Delta { n: 1 }));
    let error = stream.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Decode, Effect::Responded));
    assert_eq!(error.body_as::<Failed>().unwrap().error.code, "CANARY");
    assert!(!format!("{error} {error:?}").contains("CANARY"));
    assert_eq!(stream.try_next().await.unwrap(), Some(Delta { n: 2 }));

    for (line, kind) in
        [(problem, ErrorKind::Decode), ("{\"n\":", ErrorKind::Decode), ("<b>", ErrorKind::Decode)]
    {
        let (_server, client) = feed(lines(&format!("{{\"n\":1}}\n{line}\r\n{{\"n\":2}}\n"))).await;
        let mut stream = client.lines().await.unwrap();
        assert_eq!(stream.try_next().await.unwrap(), Some(Delta { n: 1 }));
        let error = stream.try_next().await.unwrap_err();
        assert_eq!((error.kind(), error.body()), (kind, line.as_bytes()));
        assert_eq!(stream.try_next().await.unwrap(), Some(Delta { n: 2 }));
        assert_eq!(stream.try_next().await.unwrap(), None);
    }
}

/// Row 48. An item may be larger than what an error keeps.
#[tokio::test]
async fn of_a_large_item_that_does_not_fit_the_start_is_kept() {
    let text = format!("{{\"m\":\"{}\"}}", "x".repeat(100 << 10));
    let kept = &text.as_bytes()[..64 << 10];
    let (_server, client) = feed(events(&format!("data: {text}\n\n"))).await;
    assert_eq!(client.events().await.unwrap().try_next().await.unwrap_err().body(), kept);
    let (_server, client) = feed(lines(&format!("{text}\n"))).await;
    assert_eq!(client.lines().await.unwrap().try_next().await.unwrap_err().body(), kept);
}

/// Row 48.
#[tokio::test]
async fn an_error_that_comes_as_data_is_an_error_where_that_is_declared() {
    let body = concat!(
        "data: {\"n\":1,\"error\":null}\n\n",
        "data: {\"n\":2,\"error\":{\"code\":\"a\"}}\n\n",
        "data: {\"n\":3,\"meta\":{\"error\":1}}\n\n",
        "data: {\"\\u0065rror\":{\"code\":\"b\"}}\n\n",
        "event: error\ndata: {\"error\":{\"code\":\"c\"}}\n\n",
        "event: error\ndata: overloaded\n\n",
        "data: {\"n\":4}\n\n",
    );
    let (_server, client) = feed(events(body)).await;
    let mut stream = client.failing().await.unwrap();
    let mut seen = Vec::new();
    loop {
        match stream.try_next().await {
            Ok(Some(delta)) => seen.push(delta.n.to_string()),
            Ok(None) => break,
            Err(error) => {
                assert_eq!((error.kind(), error.effect()), (ErrorKind::Classified, Effect::Responded));
                let code = error.body_as::<Failed>().map(|failed| failed.error.code);
                seen.push(code.unwrap_or_else(|| String::from_utf8(error.body().to_vec()).unwrap()));
            }
        }
    }
    assert_eq!(seen, ["1", "a", "3", "b", "c", "overloaded", "4"]);
}

/// Row 49. Each in a body of a known length, and in one that ends with its connection.
#[tokio::test]
async fn ends_that_are_no_truncation() {
    let one = "data: {\"n\":1}\n\n";
    for tail in [
        "",
        ": bye",
        ": bye\n",
        "\n",
        "\r",
        "data: {\"n\":2}\n",
        "data: {\"n\":2}\r",
        "data: {\"n\":2}\n: bye",
        "event: x\n",
    ] {
        let expected = if tail.contains('2') { vec![1, 2] } else { vec![1] };
        for step in [events(&format!("{one}{tail}")), unframed("text/event-stream", &format!("{one}{tail}"))]
        {
            let (_server, client) = feed(step).await;
            assert_eq!(read!(client.events()), (expected.clone(), None), "{tail:?}");
        }
    }
    for tail in [
        "data: [DONE]",
        "data:[DONE]\n",
        "data: [DONE]\r",
        "data: [DONE]\n: bye",
        "data: [DONE]\n\n",
        "event: x\ndata: [DONE]",
    ] {
        for step in [events(&format!("{one}{tail}")), unframed("text/event-stream", &format!("{one}{tail}"))]
        {
            let (_server, client) = feed(step).await;
            assert_eq!(read!(client.ended()), (vec![1], None), "{tail:?}");
        }
    }
    for body in [
        "{\"n\":1}\n{\"n\":2}",
        "{\"n\":1}\r\n{\"n\":2}\r",
        "{\"n\":1}\n{\"n\":2}\n \n",
        "\u{feff}{\"n\":1}\n{\"n\":2}\n",
    ] {
        for step in [lines(body), unframed("application/jsonl", body)] {
            assert_eq!(read!(feed(step).await.1.lines()), (vec![1, 2], None), "{body:?}");
        }
    }
}

/// Rows 26 and 49. The body ends in order, but within an event or line.
#[tokio::test]
async fn ends_that_are_a_truncation() {
    let one = "data: {\"n\":1}\n\n";
    let cut = Some(ErrorKind::Truncated);
    for tail in [
        "d",
        "data",
        "data: {\"n\":2",
        "data: {\"n\":2}",
        "id: 7",
        "data: {\"n\":\n",
        "data: {\"n\":2}\nid: 7",
    ] {
        for step in [events(&format!("{one}{tail}")), unframed("text/event-stream", &format!("{one}{tail}"))]
        {
            let (_server, client) = feed(step).await;
            assert_eq!(read!(client.events()), (vec![1], cut), "{tail:?}");
        }
    }
    for tail in ["", ": bye", "data: {\"n\":2}\n", "data: [DON", "data: [DONE]]\n", "data: x\ndata: [DONE]\n"]
    {
        let (_server, client) = feed(events(&format!("{one}{tail}"))).await;
        assert_eq!(read!(client.ended()), (vec![1], cut), "{tail:?}");
    }
    for tail in ["{", "{\"n\":2", "{\"n\":\"\u{e9}"] {
        let (_server, client) = feed(lines(&format!("{{\"n\":1}}\n{tail}"))).await;
        assert_eq!(read!(client.lines()), (vec![1], cut), "{tail:?}");
    }
    let (_server, client) = feed(lines("{\"n\":1}\n<html>")).await;
    assert_eq!(read!(client.lines()), (vec![1], Some(ErrorKind::Decode)), "that is not the start of JSON");
}

/// Rows 7 and 26. A body that breaks off is a truncation wherever it does.
#[tokio::test]
async fn a_connection_that_is_lost_is_a_truncation_after_any_byte() {
    let body = "data: {\"n\":1}\n\ndata: {\"n\":2}\n\n";
    for end in 0..body.len() {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let (_server, client) =
            feed(Step::SendAndClose(format!("{head}{}", body.get(..end).unwrap()).into_bytes())).await;
        let whole = body.get(..end).unwrap().matches("\n\n").count();
        let expected = ((1..).take(whole).collect(), Some(ErrorKind::Truncated));
        assert_eq!(read!(client.events()), expected, "{end}");
    }
}

/// Row 26.
#[tokio::test]
async fn raw_events_keep_what_json_would_not() {
    let body = "\u{feff}id: 7\revent: x\rdata: a\r\ndata\ndata:  b\n\r\nretry: 10\ndata: c\n\n";
    let (_server, client) = feed(events(body)).await;
    let mut stream = client.raw().await.unwrap();
    let first = stream.try_next().await.unwrap().unwrap();
    assert_eq!((&*first.event, &*first.data, first.id.as_deref()), ("x", "a\n\n b", Some("7")));
    let second = stream.try_next().await.unwrap().unwrap();
    assert_eq!((&*second.event, &*second.data, second.id.as_deref()), ("message", "c", Some("7")));
    assert_eq!(second.retry, Some(std::time::Duration::from_millis(10)));
    assert_eq!(stream.try_next().await.unwrap(), None);
}
