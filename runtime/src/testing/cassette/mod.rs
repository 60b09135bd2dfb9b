//! Responses that were recorded once, and are replayed.

mod episode;
mod layer;
mod line;
mod matching;
mod replayed;
mod scrub;
mod settings;
mod tape;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use http::HeaderName;
use tower::Layer;
use tower::util::BoxCloneSyncService;

use self::layer::Player;
use self::scrub::Pointer;
pub use self::settings::RecordMode;
use self::settings::Settings;
use self::tape::Tape;
use crate::transport::HttpService;

/// The headers that a cassette holds.
const HEADERS: [&str; 18] = [
    "accept",
    "content-disposition",
    "content-range",
    "content-type",
    "date",
    "etag",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "last-event-id",
    "last-modified",
    "link",
    "location",
    "range",
    "request-id",
    "retry-after",
    "x-request-id",
];

/// A layer that records responses in a file, and replays them from there.
///
/// The first run of a test calls the real server, and each later run replays what that said, without a network. The test is the same.
///
/// ```no_run
/// use declarest::testing::Cassette;
/// # use declarest::{Call, Secret, api};
/// # #[derive(serde::Deserialize)] struct Key { id: String, value: Secret }
/// # #[api] trait Keys { #[post("/keys")] fn create(&self, #[field] name: &str) -> Call<Key>; }
///
/// # async fn f() -> Result<(), declarest::Error> {
/// let token = std::env::var("VENDOR_TOKEN").unwrap_or_else(|_| "not needed to replay".to_owned());
/// let cassette = Cassette::open("tests/cassettes/create.jsonl");
/// let client = declarest::Client::builder("https://api.example.com/v1").bearer(token).layer(cassette).build()?;
/// let key = KeysClient::new(client).create("ci").await?;
/// assert_eq!(key.id, "key_1");
/// # Ok(()) }
/// ```
///
/// Add it before other layers: it then records what the server gets and says. Each attempt of a call is recorded, so a retry is
/// replayed as one; its wait takes as long as ever, unless the test pauses Tokio's clock. A credential of a provider is fetched even
/// if the response is replayed, so such a client takes another credential in its test.
///
/// # Which request is which
///
/// A request is replayed if method, URL and content are those of a recorded one; JSON is compared as a value, a query and a form as
/// pairs in any order, parts one by one. Of several that are equal, each is replayed once, in the order in which they were made. The
/// client's own server is not compared, so what was recorded with a server on loopback is replayed with `https://api.example.com`.
/// Headers are not compared. A text that was replaced by `***` matches any text. What a response says is kept as it is, so a list whose pages
/// the server links with whole URLs is replayed with the base URL that it was recorded with.
///
/// A request that is not in the cassette fails its call with [`ErrorKind::NotFaked`](crate::ErrorKind::NotFaked), *not sent*. The source
/// of the error shows the nearest request and what differs, which `unwrap` and [`Error::report`](crate::Error::report) print. A file
/// that is damaged fails each call with its path and the number of the line.
///
/// # What is not recorded
///
/// | | how |
/// |---|---|
/// | the client's credential | joins the request behind all layers. Where a server repeats it, it is replaced |
/// | each [`Secret`](crate::Secret) in the content of a request | replaced by `***`, here and in all later requests and responses |
/// | each `Secret` that a declared type reads from a response, an item of a stream or the declared error included | replaced by `***`, wherever it is in the response, and in all later ones |
/// | what [`redact`](Cassette::redact) names | replaced by `***`, a number by 0, a boolean by `false` |
/// | headers | only those of a list are kept ([`header`](Cassette::header) adds to it), and none that is marked as sensitive |
/// | content that a declared type could not read whole, or that no call has read | withheld, with the reason in the file. A replay that reads it fails with the reason |
/// | content from which a type made a `Secret` that it does not hold literally, or that is compressed | withheld |
/// | a call that was dropped, a connection that was lost, content over its limit | nothing. A stream that was dropped is recorded as far as it was read |
///
/// **What no type declares as a secret is not known to be one**: a value of type `String`, the content of an error whose call declares
/// [`Error`](crate::Error) or that was repeated, and bytes are recorded as they are. Name such values with `redact`. A secret of less than 8
/// characters is replaced where it is a whole value.
///
/// # The file
///
/// JSON Lines. The first line has the version of the format, `{"cassette":1}`; each other line is a request with its response. A line is
/// written when its response was read or dropped, in one write, so what was recorded survives if the process is killed.
///
/// | member | what it holds |
/// |---|---|
/// | `n` | the order of the requests, from 1 |
/// | `endpoint` | the method that was called, such as `Keys::create`; for people |
/// | `request.method`, `request.url` | the URL is path and query at the client's own server, and whole elsewhere |
/// | `response.status` | a number |
/// | `request.headers`, `response.headers` | a list of names and values |
/// | `request.content`, `response.content` | an object with one member: `json` (the value, without white space), `text`, `base64`, `form` (pairs), `parts`, or `withheld` (the reason). Absent if there is no content, or the declared type ignores it |
/// | `response.cut` | `true` if nobody has read the content to its end |
///
/// ```text
/// {"cassette":1}
/// {"n":1,"endpoint":"Keys::create","request":{"method":"POST","url":"/v1/keys","headers":[["content-type","application/json"]],"content":{"json":{"name":"ci"}}},"response":{"status":200,"headers":[["content-type","application/json"]],"content":{"json":{"id":"key_1","value":"***"}}}}
/// ```
///
/// One cassette is for one test and one client. Two APIs take two files.
#[derive(Clone)]
pub struct Cassette {
    settings: Settings,
    /// Opened by the first client; clones share it.
    tape: Arc<OnceLock<Result<Arc<Tape>, String>>>,
}

impl Cassette {
    /// Names the file of a cassette. It is opened when the client is built, and made with its folder when the first response is
    /// recorded.
    ///
    /// Without [`mode`](Cassette::mode) it is recorded [once](RecordMode::Once); where the environment variable `CI` is set and is not
    /// `false`, it is only [replayed](RecordMode::Replay).
    #[must_use]
    pub fn open(path: impl Into<PathBuf>) -> Self {
        let settings = Settings {
            path: path.into(),
            mode: None,
            pointers: Vec::new(),
            headers: HEADERS.into_iter().map(HeaderName::from_static).collect(),
            mistake: None,
        };
        Self { settings, tape: Arc::default() }
    }

    /// Sets when it records and when it replays.
    #[must_use]
    pub fn mode(self, mode: RecordMode) -> Self {
        self.with(|settings| settings.mode = Some(mode))
    }

    /// Replaces a member of the content, in requests and responses: `/value`, by its JSON pointer (RFC 6901). `*` stands for each item
    /// of a list or each member of an object: `/data/*/value`. What is below the member is replaced, too.
    ///
    /// A pointer of one name also names the pair of a form and the part of a multipart body. In a stream of events or of JSON lines, it
    /// is applied to each of them. A text that is not a pointer fails each call.
    ///
    /// ```
    /// use declarest::testing::Cassette;
    ///
    /// let cassette = Cassette::open("tests/users.jsonl").redact("/data/*/email");
    /// ```
    #[must_use]
    pub fn redact(self, pointer: &str) -> Self {
        self.with(|settings| match Pointer::read(pointer) {
            Some(pointer) => settings.pointers.push(pointer),
            None => settings.mistake = Some(format!("`{pointer}` is not a JSON pointer: it begins with `/`")),
        })
    }

    /// Keeps a header of requests and responses, beside those that are kept by default: validators and ranges, `Accept`,
    /// `Content-Type`, `Content-Disposition`, `Date`, `Last-Event-ID`, `Link`, `Location`, `Retry-After`, and the ids of requests. A name
    /// that is not valid fails each call. In its value, only secrets that are known are replaced.
    #[must_use]
    pub fn header(self, name: &str) -> Self {
        self.with(|settings| match HeaderName::try_from(name) {
            Ok(name) => settings.headers.push(name),
            Err(_) => settings.mistake = Some(format!("`{name}` is not the name of a header")),
        })
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self.tape = Arc::default();
        self
    }
}

impl Layer<HttpService> for Cassette {
    type Service = HttpService;

    fn layer(&self, inner: HttpService) -> HttpService {
        let open = || Tape::open(self.settings.clone()).map(Arc::new);
        let tape = self.tape.get_or_init(open).clone();
        BoxCloneSyncService::new(Player { tape, inner })
    }
}

impl fmt::Debug for Cassette {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cassette").field("path", &self.settings.path).finish_non_exhaustive()
    }
}
