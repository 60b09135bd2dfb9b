//! Bodies that are streamed up: how often, and for how long.

use std::io::Write as _;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use declarest::{Body, BoxError, Client, ClientBuilder, Effect, ErrorKind, File};
use declarest_tests::Step;
use http_body_util::BodyExt as _;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use super::{Keys as _, KeysClient, LONG, answered, builder, clocked, in_process, keys, server};

/// Gives so many pieces, with a pause before each; then ends, or gives an error, or nothing any more.
struct Pieces {
    left: u32,
    pause: Pin<Box<dyn Future<Output = ()> + Send>>,
    every: Duration,
    end: End,
}

#[derive(Clone, Copy)]
enum End {
    Well,
    Error,
    Never,
}

fn pieces(left: u32, every: Duration, end: End) -> Body {
    Body::new(Pieces { left, pause: Box::pin(sleep(every)), every, end })
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        std::task::ready!(self.pause.as_mut().poll(cx));
        self.pause = Box::pin(sleep(self.every));
        match (self.left, self.end) {
            (0, End::Well) => Poll::Ready(None),
            (0, End::Error) => Poll::Ready(Some(Err("the camera is off".into()))),
            (0, End::Never) => Poll::Pending,
            _ => {
                self.left -= 1;
                Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(b"piece")))))
            }
        }
    }
}

/// A transport that reads the whole body, takes this long for its answer, and gives this status.
fn reading(builder: ClientBuilder, thinking: Duration, status: u16) -> KeysClient {
    in_process(builder, move |_, request: http::Request<Body>| async move {
        request.into_body().collect().await?;
        sleep(thinking).await;
        Ok(answered(status, ""))
    })
}

fn client() -> ClientBuilder {
    Client::builder("http://localhost")
}

const MINUTE: Duration = Duration::from_secs(60);

/// Row 34.
#[tokio::test(start_paused = true)]
async fn an_upload_of_minutes_is_not_ended_by_the_deadline() {
    let start = Instant::now();
    let keys = reading(client(), MINUTE / 2, 200);
    keys.stream("a", pieces(60, Duration::from_secs(10), End::Well)).await.unwrap();
    assert!(start.elapsed() > 10 * MINUTE, "{:?}", start.elapsed());
}

/// Row 34. An attempt's timeout does not count the way up either.
#[tokio::test(start_paused = true)]
async fn an_upload_of_minutes_is_not_ended_by_the_timeout_of_an_attempt() {
    let keys = reading(client().attempt_timeout(MINUTE / 6), Duration::from_secs(9), 200);
    keys.stream("a", pieces(60, Duration::from_secs(10), End::Well)).await.unwrap();
    let keys = reading(client().attempt_timeout(MINUTE / 6), Duration::from_secs(11), 200);
    let error = keys.stream("a", pieces(60, Duration::from_secs(10), End::Well)).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Timeout, Effect::MaybeSent));
}

/// Row 34.
#[tokio::test(start_paused = true)]
async fn an_upload_in_which_nothing_moves_for_half_a_minute_has_stalled() {
    for (layered, sent) in [(false, 0), (false, 20), (true, 20)] {
        let builder = client();
        let builder = if layered { builder.call_layer(tower::layer::util::Identity::new()) } else { builder };
        let start = Instant::now();
        let keys = reading(builder, Duration::ZERO, 200);
        let body = pieces(sent, Duration::from_secs(10), End::Never);
        let error = keys.stream("a", body).await.unwrap_err();
        let known = (error.kind(), error.effect(), error.attempts());
        assert_eq!(known, (ErrorKind::Stalled, Effect::MaybeSent, 1));
        assert!(error.is_timeout());
        assert_eq!(start.elapsed().as_secs(), u64::from(sent) * 10 + 30, "{layered} {sent}");
    }
}

/// Row 34. Behind the body the deadline goes on where it stood.
#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_answer_an_upload_is_waited_for_until_the_deadline() {
    for layered in [false, true] {
        let builder = client();
        let builder = if layered { builder.call_layer(tower::layer::util::Identity::new()) } else { builder };
        let start = Instant::now();
        let keys = reading(builder, 60 * MINUTE, 200);
        let error = keys.stream("a", pieces(59, Duration::from_secs(10), End::Well)).await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::MaybeSent));
        assert_eq!(start.elapsed(), 11 * MINUTE, "ten minutes up, and one of its own");
    }
}

/// Row 34. A transport that never asks for the body has not begun: the deadline runs.
#[tokio::test(start_paused = true)]
async fn an_upload_that_never_begins_is_ended_by_the_deadline() {
    let start = Instant::now();
    let keys = in_process(client(), |_, request| async move {
        let _held = request;
        std::future::pending().await
    });
    let error = keys.stream("a", pieces(1, Duration::ZERO, End::Well)).await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed()), (ErrorKind::Deadline, MINUTE));
}

/// A body whose pieces a test gives.
struct Given(mpsc::Receiver<Bytes>);

impl futures_core::Stream for Given {
    type Item = Result<http_body::Frame<Bytes>, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|piece| Ok(http_body::Frame::data(piece))))
    }
}

/// Row 34. So on the wire, where another task reads the body.
#[tokio::test]
async fn an_upload_on_the_wire_outlasts_the_deadline_and_stalls() {
    let server = server([Step::json(200, "")]).await;
    let (keys, clock) = clocked(&server);
    for (pieces, stalls) in [(6, false), (1, true)] {
        let (give, given) = mpsc::channel(1);
        let body = Body::new(http_body_util::StreamBody::new(Given(given)));
        let call = tokio::spawn(keys.stream("a", body));
        for _ in 0..pieces {
            give.send(Bytes::from_static(b"piece")).await.unwrap();
            // There is room again when the piece is taken.
            drop(give.reserve().await.unwrap());
            clock.advance(Duration::from_secs(20));
        }
        if stalls {
            clock.advance(Duration::from_secs(10));
            let error = call.await.unwrap().unwrap_err();
            assert_eq!((error.kind(), error.effect()), (ErrorKind::Stalled, Effect::MaybeSent));
        } else {
            drop(give);
            call.await.unwrap().unwrap();
        }
    }
    assert_eq!(server.requests().len(), 1);
    server.is_left().await;
}

/// Row 34. A download is no matter of the deadline once its head is there.
#[tokio::test(start_paused = true)]
async fn a_download_of_minutes_is_not_ended_by_the_deadline() {
    #[declarest::api]
    trait Files {
        #[get("/file")]
        fn file(&self) -> declarest::Call<declarest::ByteStream>;
    }
    let files = |end, pieces_left| {
        let transport = tower::service_fn(move |_: http::Request<Body>| async move {
            let body = pieces(pieces_left, Duration::from_secs(29), end);
            Ok::<_, BoxError>(answered(200, body))
        });
        FilesClient::new(client().transport(transport).build().unwrap())
    };
    let start = Instant::now();
    let mut file = files(End::Well, 20).file().await.unwrap();
    while file.try_next().await.unwrap().is_some() {
        // Somebody who takes a minute for each piece is no stall.
        tokio::time::advance(MINUTE).await;
    }
    assert!(start.elapsed() >= 20 * MINUTE);
    let mut file = files(End::Never, 1).file().await.unwrap();
    assert!(file.try_next().await.unwrap().is_some());
    let start = Instant::now();
    let error = file.try_next().await.unwrap_err();
    assert_eq!((error.kind(), start.elapsed().as_secs()), (ErrorKind::Stalled, 30));
    assert_eq!(file.try_next().await.unwrap(), None);
}

/// Row 32.
#[tokio::test]
async fn a_stream_is_sent_once_whatever_the_answer() {
    for (step, effect) in [
        (Step::json(429, ""), Effect::Responded),
        (Step::json(503, ""), Effect::Responded),
        (Step::json(401, ""), Effect::Responded),
        (Step::Reset, Effect::MaybeSent),
        (Step::ResetAfter(1), Effect::MaybeSent),
    ] {
        let server = server([step.clone()]).await;
        let error = keys(&server).stream("a", pieces(3, Duration::ZERO, End::Well)).await.unwrap_err();
        assert_eq!((error.effect(), error.attempts(), server.connections()), (effect, 1, 1), "{step:?}");
    }
    let away = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = KeysClient::new(builder(format!("http://{away}")).build().unwrap());
    let error = client.stream("a", pieces(3, Duration::ZERO, End::Well)).await.unwrap_err();
    assert_eq!((error.kind(), error.effect(), error.attempts()), (ErrorKind::Connect, Effect::NotSent, 1));
}

/// Row 32.
#[tokio::test]
async fn a_body_that_fails_is_an_error_of_its_own_and_not_sent_again() {
    let server = server([Step::json(200, "")]).await;
    let error = keys(&server).stream("a", pieces(3, Duration::ZERO, End::Error)).await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts(), server.requests().len());
    assert_eq!(known, (ErrorKind::Body, Effect::MaybeSent, 1, 0));
    let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
    assert!(causes.map(ToString::to_string).any(|text| text == "the camera is off"));
}

/// A file that is removed with its folder.
fn file(content: &[u8]) -> (tempfile::NamedTempFile, File) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content).unwrap();
    let body = File::new(file.path());
    (file, body)
}

/// Row 32.
#[tokio::test]
async fn a_file_is_opened_again_for_another_attempt() {
    let (_kept, body) = file(b"the whole file");
    let server = server([Step::json(503, ""), Step::Reset, Step::json(200, "")]).await;
    assert_eq!(keys(&server).upload("a", body).with_reply().await.unwrap().attempts, 3);
    let requests = server.requests();
    assert!(requests.len() == 3 && requests.iter().all(|request| request.ends_with("the whole file")));
}

/// Row 32.
#[tokio::test]
async fn a_file_that_changed_between_two_attempts_is_an_error() {
    let (kept, body) = file(b"one version");
    let path = kept.path().to_owned();
    let keys = in_process(builder("http://localhost".to_owned()), move |_, request| {
        let path = path.clone();
        async move {
            request.into_body().collect().await?;
            std::fs::write(path, "another, longer version")?;
            Ok(answered(503, ""))
        }
    });
    let error = keys.upload("a", body).await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Body, Effect::MaybeSent, 1));
}

/// Row 32.
#[tokio::test]
async fn a_file_that_is_not_there_is_not_sent() {
    let server = server([Step::json(200, "")]).await;
    let error = keys(&server).upload("a", File::new("/no/CANARY")).await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts(), server.connections());
    assert_eq!(known, (ErrorKind::Body, Effect::NotSent, 0, 0));
    assert!(!format!("{error} {error:?}").contains("CANARY"));
}

/// Rows 6 and 32. What opens the body may hang as well.
#[tokio::test(start_paused = true)]
async fn a_body_that_never_opens_is_ended_by_the_deadline() {
    struct Stuck;
    impl declarest::Encode for Stuck {
        fn content_type(&self) -> Option<http::HeaderValue> {
            None
        }

        fn encode(self) -> Result<declarest::RequestBody, BoxError> {
            Ok(declarest::RequestBody::open(std::future::pending::<Result<Body, BoxError>>))
        }
    }
    #[declarest::api]
    trait Uploads {
        #[put("/x")]
        fn put(&self, #[body] body: Stuck) -> declarest::Call<()>;
    }
    for layered in [false, true] {
        let client = client().transport(tower::service_fn(|_: http::Request<Body>| async {
            Ok::<_, BoxError>(answered(200, ""))
        }));
        let client = if layered { client.call_layer(tower::layer::util::Identity::new()) } else { client };
        let call = pin!(UploadsClient::new(client.build().unwrap()).put(Stuck));
        let error = call.await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::NotSent));
    }
}

/// Rows 6 and 34. A file whose last byte is sent is no longer on its way: what is waited for is the answer.
#[tokio::test]
async fn a_file_that_is_sent_does_not_stall() {
    let (_kept, body) = file(&[b'x'; 200_000]);
    let server = server([Step::Silence]).await;
    let (keys, clock) = clocked(&server);
    let error = clock.advance_when(server.has_seen(1), LONG, keys.upload("a", body)).await.unwrap_err();
    let known = (error.kind(), error.effect(), server.requests().len());
    assert_eq!(known, (ErrorKind::Deadline, Effect::MaybeSent, 1));
}

/// Rows 17 and 34. A server that has seen enough answers before the body has come, and reads no more of it.
#[tokio::test]
async fn an_answer_that_comes_during_the_upload_is_the_answer() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_exact(&mut [0; 100]).await.unwrap();
        let answer = b"HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer).await.unwrap();
        (stream, listener)
    });
    let (_kept, body) = file(&vec![b'x'; 32 << 20]);
    let error = KeysClient::new(builder(base_url).build().unwrap()).upload("a", body).await.unwrap_err();
    let known = (error.status().map(|status| status.as_u16()), error.attempts(), error.effect());
    assert_eq!(known, (Some(413), 1, Effect::Responded));
    drop(serving.await.unwrap());
}

/// What a body opens as: bytes, none or some.
struct Opened(&'static str);

impl declarest::Encode for Opened {
    fn content_type(&self) -> Option<http::HeaderValue> {
        None
    }

    fn encode(self) -> Result<declarest::RequestBody, BoxError> {
        let Self(text) = self;
        Ok(declarest::RequestBody::open(move || async move { Ok(Body::from(text)) }))
    }
}

/// A body that is opened goes out with its length, as one that was there from the start.
#[tokio::test]
async fn a_body_that_opens_as_bytes_goes_out_with_its_length() {
    #[declarest::api]
    trait Uploads {
        #[post("/x")]
        fn post(&self, #[body] body: Opened) -> declarest::Call<()>;
    }
    for layered in [false, true] {
        let server = server([Step::json(503, ""), Step::json(200, "")]).await;
        let client = builder(server.base_url());
        let client = if layered { client.call_layer(tower::layer::util::Identity::new()) } else { client };
        let uploads = UploadsClient::new(client.build().unwrap());
        uploads.post(Opened("")).await.unwrap_err();
        uploads.post(Opened("text")).await.unwrap();
        let requests = server.requests();
        assert!(requests[0].contains("content-length: 0\r\n"), "{}", requests[0]);
        assert!(requests[1].contains("content-length: 4\r\n") && requests[1].ends_with("text"));
    }
}
