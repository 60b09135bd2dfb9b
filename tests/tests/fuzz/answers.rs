//! What comes back: it reads the same however it is cut into chunks, and as a plain reading of the standard says.

use std::time::{Duration, SystemTime};

use declarest::{Body, Call, ErrorKind, Event, Events, JsonLines, api};
use http::Response;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::support::{Still, client, in_chunks, run};

#[api]
trait Answers {
    #[get("/events", events(any_media_type))]
    fn events(&self) -> Call<Events<Event>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Value>>;
    #[get("/wait")]
    fn wait(&self) -> Call<()>;
}

/// A client that gets this body in chunks.
fn answering(body: &[u8], sizes: &[u8]) -> AnswersClient {
    let (body, sizes) = (body.to_vec(), sizes.to_vec());
    let client = client("https://api.example", move |_| Response::new(in_chunks(&body, &sizes)));
    AnswersClient::new(client.item_limit(64).build().unwrap())
}

/// The first bytes of an input say how the others are cut.
fn sizes_and_body(input: &[u8]) -> (&[u8], &[u8]) {
    input.split_at(input.len().min(3))
}

/// Events: as the HTML Living Standard, 9.2.6, reads the whole body.
pub(super) fn events(input: &[u8]) {
    let (sizes, body) = sizes_and_body(input);
    let read = |sizes: &[u8]| {
        let mut events = run(answering(body, sizes).events()).unwrap();
        let mut all = Vec::new();
        loop {
            match run(events.try_next()) {
                Ok(Some(event)) => all.push(event),
                Ok(None) => return (all, None),
                Err(error) => {
                    assert_eq!(run(events.try_next()).unwrap(), None, "after an error it ends");
                    return (all, Some(error.kind()));
                }
            }
        }
    };
    let (events, end) = read(sizes);
    // Where an event is too large, how much of it has come decides when that is seen, but not whether.
    assert_eq!((&events, end), (&read(&[255]).0, read(&[255]).1), "chunks of {sizes:?}");
    let expected = by_the_standard(body);
    match end {
        Some(ErrorKind::TooLarge) => assert_eq!(events, expected.get(..events.len()).unwrap()),
        None | Some(ErrorKind::Truncated) => assert_eq!(events, expected),
        Some(other) => panic!("{other:?}"),
    }
}

/// The standard's steps, one after the other, over the whole text.
fn by_the_standard(body: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)).into_owned();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut events, mut data, mut event, mut id, mut retry) =
        (Vec::new(), String::new(), String::new(), String::new(), None);
    // What is behind the last line ending is no line.
    let (lines, rest) = text.rsplit_once('\n').unwrap_or(("", &text));
    for line in lines.split('\n').filter(|_| text.contains('\n')) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "" if line.is_empty() => {
                if !data.is_empty() {
                    data.pop();
                    let event = if event.is_empty() { "message".to_owned() } else { event.clone() };
                    let id = (!id.is_empty()).then(|| id.clone());
                    events.push(Event { event, data: data.clone(), id, retry });
                }
                data.clear();
                event.clear();
            }
            "data" => data.push_str(&format!("{value}\n")),
            "event" => value.clone_into(&mut event),
            "id" if !value.contains('\0') => value.clone_into(&mut id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                retry = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            _ => {}
        }
    }
    // The standard drops an event without a blank line. Here it counts where the body does not break off within a line.
    if (rest.is_empty() || rest.starts_with(':')) && !data.is_empty() {
        data.pop();
        let event = if event.is_empty() { "message".to_owned() } else { event };
        events.push(Event { event, data, id: (!id.is_empty()).then_some(id), retry });
    }
    events
}

/// JSON lines: each is read as if it stood alone.
pub(super) fn json_lines(input: &[u8]) {
    let (sizes, body) = sizes_and_body(input);
    let read = |sizes: &[u8]| {
        let mut lines = run(answering(body, sizes).lines()).unwrap();
        let mut all = Vec::new();
        loop {
            match run(lines.try_next()) {
                Ok(Some(value)) => all.push(Ok(value)),
                Ok(None) => return all,
                Err(error) => all.push(Err(error.kind())),
            }
        }
    };
    let lines = read(sizes);
    assert_eq!(lines, read(&[255]), "chunks of {sizes:?}");
    let mut expected = Vec::new();
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut split = body.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = split.next() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.len() > 64 {
            expected.push(Err(ErrorKind::TooLarge));
            break;
        }
        if line.iter().any(|byte| !b" \t\r".contains(byte)) {
            // Only the last line, behind which there is no newline, can be cut off.
            let cut = split.peek().is_none() && breaks_off(line);
            let kind = if cut { ErrorKind::Truncated } else { ErrorKind::Decode };
            expected.push(serde_json::from_slice(line).map_err(|_| kind));
        }
    }
    assert_eq!(lines, expected);
}

/// Whether more may follow: the error is that there is none, or a digit more makes it whole. A text that is whole, such as a
/// number that is out of range, is not cut off.
fn breaks_off(line: &[u8]) -> bool {
    let read = |line: &[u8]| serde_json::from_slice::<IgnoredAny>(line);
    let whole_or_open = |line: &[u8]| read(line).map_or_else(|error| error.is_eof(), |_| true);
    read(line).is_err_and(|error| error.is_eof())
        || (read(line).is_err() && whole_or_open(&[line, b"0"].concat()))
}

/// Waits: what is asked for is never undercut, and nothing else makes a wait.
pub(super) fn retry_after(input: &[u8]) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_435_200_250);
    let lines: Vec<_> = input
        .split(|byte| *byte == b'\n')
        .filter_map(|line| http::HeaderValue::from_bytes(line).ok())
        .collect();
    let given = lines.clone();
    let client = client("https://api.example", move |_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = http::StatusCode::TOO_MANY_REQUESTS;
        for line in &given {
            // What begins with `m` is for the other header.
            let (name, line) = match line.as_bytes().strip_prefix(b"m") {
                Some(rest) => ("retry-after-ms", http::HeaderValue::from_bytes(rest).unwrap()),
                None => ("retry-after", line.clone()),
            };
            response.headers_mut().append(name, line);
        }
        response
    });
    let api = AnswersClient::new(client.timer(Still(now)).build().unwrap());
    let error = run(api.wait()).unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(429), 1));
    let texts: Vec<_> = lines.iter().filter_map(|line| line.to_str().ok()).collect();
    let fine = texts.iter().filter_map(|text| by_hand(text.strip_prefix('m')?, 1000, now)).max();
    let coarse =
        texts.iter().filter(|text| !text.starts_with('m')).filter_map(|text| by_hand(text, 1, now)).max();
    match (error.retry_after(), fine.or(coarse)) {
        (Some(wait), Some(asked)) => assert!(wait >= asked || fine.is_none(), "{wait:?} for {asked:?}"),
        (None, Some(asked)) => panic!("no wait for {asked:?}"),
        _ => {}
    }
    if let (Some(wait), None, Some(asked)) =
        (error.retry_after(), texts.iter().find(|t| t.starts_with('m')), coarse)
    {
        assert!(wait >= asked, "{wait:?} for {asked:?}");
    }
}

/// What a line of whole digits or a date asks for.
fn by_hand(text: &str, a_second: u64, now: SystemTime) -> Option<Duration> {
    let text = text.trim_matches([' ', '\t']);
    if text.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(number) = text.parse::<u64>()
    {
        return Some(Duration::from_secs(number) / u32::try_from(a_second).unwrap());
    }
    let is_imf_fixdate = text.len() == 29 && text.ends_with(" GMT");
    let date = httpdate::parse_http_date(text).ok().filter(|_| is_imf_fixdate && a_second == 1)?;
    Some(date.duration_since(now).unwrap_or_default())
}
