//! What goes out: an argument never becomes anything but a value of its own place.

use declarest::{Call, Client, ErrorKind, Part, PartSink, Raw, Reply, api};
use http_body_util::BodyExt as _;
use percent_encoding::percent_decode_str;

use super::support::{client, recorded, run, texts};

#[api]
trait Requests {
    #[get("/a/{one}/b{two}{three}/c?fixed=1")]
    fn segments(
        &self,
        one: &str,
        two: &str,
        three: &str,
        #[query] q: &str,
        #[query("list[]")] list: &[&str],
        #[header("X-Text")] text: &str,
    ) -> Call<()>;
    #[get("/dots/{one}{two}")]
    fn dots(&self, one: &str, two: &str) -> Call<()>;
    #[get("/rest/{rest..}")]
    fn rest(&self, rest: &str) -> Call<()>;
    #[post("/parts")]
    fn parts(&self, #[part] first: Named<'_>, #[part] second: &str) -> Call<Reply<Raw>>;
}

const BASE: &str = "https://api.example/v1";

/// Path and query: what a server decodes is what was given, and the endpoint is the one that was declared.
pub(super) fn path_and_query(input: &[u8]) {
    let [one, two, three, query, first, second] = texts(input);
    let (client, requests) = recorded(BASE, "null");
    let api = RequestsClient::new(client.build().unwrap());
    let refusals = |error: declarest::Error| assert_eq!(error.kind(), ErrorKind::Argument);
    let is_header = |text: &str| text.bytes().all(|byte| byte == b'\t' || (byte >= 0x20 && byte != 0x7F));

    match run(api.segments(&one, &two, &three, &query, &[&first, &second], &first)) {
        Ok(()) => {
            assert!(is_header(&first));
            let request = requests.take().pop().unwrap();
            assert_eq!(request.headers["x-text"].as_bytes().trim_ascii(), first.as_bytes().trim_ascii());
            let (path, pairs) = decoded(&request.uri);
            assert_eq!(path, ["v1", "a", &one, &["b", &two, &three].concat(), "c"]);
            let given =
                [("fixed", "1"), ("q", query.as_str()), ("list[]", first.as_str()), ("list[]", &second)];
            assert_eq!(pairs, given.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        Err(error) => {
            refusals(error);
            let is_unfit = is_dots(&one) || two.is_empty() || three.is_empty() || !is_header(&first);
            assert!(is_unfit, "refused for no reason");
        }
    }
    match run(api.dots(&one, &two)) {
        Ok(()) => {
            let whole = [one.as_str(), &two].concat();
            assert_eq!(decoded(&requests.take().pop().unwrap().uri).0, ["v1", "dots", &whole]);
        }
        Err(error) => {
            refusals(error);
            assert!(one.is_empty() || two.is_empty() || is_dots(&[one.as_str(), &two].concat()));
        }
    }
    match run(api.rest(&one)) {
        Ok(()) => {
            let path = decoded(&requests.take().pop().unwrap().uri).0;
            assert_eq!(path.get(2..).unwrap().join("/"), one);
        }
        Err(error) => {
            refusals(error);
            assert!(one.split('/').any(is_dots));
        }
    }
    assert!(requests.take().is_empty(), "what is refused is not sent");
}

fn is_dots(segment: &str) -> bool {
    ["", ".", ".."].contains(&segment)
}

/// The segments and pairs as a server decodes them, after everything that a URL parser rewrites.
fn decoded(uri: &http::Uri) -> (Vec<String>, Vec<(String, String)>) {
    let url = url::Url::parse(&uri.to_string()).unwrap();
    assert_eq!(url.as_str(), uri.to_string(), "a URL parser changes nothing");
    assert_eq!(url.origin().ascii_serialization(), "https://api.example");
    let text = |segment: &str| percent_decode_str(segment).decode_utf8().unwrap().into_owned();
    let path = url.path_segments().unwrap().map(text).collect();
    let pairs = url.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    (path, pairs.map(|(name, value)| (text(name), text(value))).collect())
}

/// A part with a file name of the user's.
struct Named<'a> {
    file_name: &'a str,
    media_type: &'a str,
    content: Vec<u8>,
}

impl Part for Named<'_> {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.part(self.content, Some(self.file_name), Some(self.media_type));
    }
}

/// Multipart: two parts stay two parts, whatever they hold and are called. A media type is one, or nothing is sent.
pub(super) fn multipart(input: &[u8]) {
    let [file_name, media_type, second] = texts(input);
    if !sends_parts(input, &file_name, &media_type, &second) {
        assert!(sends_parts(input, &file_name, "text/plain; charset=utf-8", &second));
    }
}

fn sends_parts(input: &[u8], file_name: &str, media_type: &str, second: &str) -> bool {
    let content = input.to_vec();
    let client: Client = client(BASE, |request| {
        let media = request.headers()["content-type"].to_str().unwrap().to_owned();
        let body = run(request.into_body().collect()).unwrap().to_bytes();
        let mut answer = http::Response::new(declarest::Body::from(body));
        answer.headers_mut().insert("x-media", media.parse().unwrap());
        answer
    })
    .build()
    .unwrap();
    let part = Named { file_name, media_type, content: content.clone() };
    let sent = match run(RequestsClient::new(client).parts(part, second)) {
        Ok(sent) => sent,
        Err(error) => {
            assert_eq!((error.kind(), error.effect()), (ErrorKind::Argument, declarest::Effect::NotSent));
            return false;
        }
    };
    let (media, body) = (sent.headers["x-media"].to_str().unwrap(), sent.value);
    let boundary = media.strip_prefix("multipart/form-data; boundary=").unwrap();
    let parts = split(&body, format!("--{boundary}").as_bytes());
    let [prologue, first, other, end] = parts.as_slice() else { panic!("{} parts", parts.len()) };
    assert_eq!((prologue.len(), *end), (0, &b"--\r\n"[..]));
    let [first, other] = [first, other].map(|part| head_and_content(part));
    let escaped = file_name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    assert_eq!(
        String::from_utf8(first.0.to_vec()).unwrap(),
        format!(
            "\r\nContent-Disposition: form-data; name=\"first\"; filename=\"{escaped}\"\r\nContent-Type: {media_type}"
        )
    );
    assert_eq!(other.0, b"\r\nContent-Disposition: form-data; name=\"second\"");
    assert_eq!((first.1, other.1), (content.as_slice(), second.as_bytes()));
    true
}

fn split<'a>(mut bytes: &'a [u8], by: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = bytes.windows(by.len()).position(|window| window == by) {
        parts.push(bytes.get(..at).unwrap());
        bytes = bytes.get(at + by.len()..).unwrap();
    }
    parts.push(bytes);
    parts
}

/// The head of a part and its content, without the line break that belongs to the next boundary.
fn head_and_content(part: &[u8]) -> (&[u8], &[u8]) {
    let end = part.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    (part.get(..end).unwrap(), part.get(end + 4..).unwrap().strip_suffix(b"\r\n").unwrap())
}
