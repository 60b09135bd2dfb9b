//! Types of one's own in every place that the language has for them, against a stand-in.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Duration;

use declarest::{Auth, Client, ErrorKind};
use declarest_examples::fake::Received;
use declarest_examples::own_types::clock::SkippingClock;
use declarest_examples::own_types::credentials::{ClientCredentials, Reports as _, ReportsClient};
use declarest_examples::own_types::events::{BuildEvent, Builds as _, BuildsClient, Step};
use declarest_examples::own_types::headers::{ByteRange, Recordings as _, RecordingsClient, TraceContext};
use declarest_examples::own_types::job::{Export, Exports, ExportsClient, Job, JobError};
use declarest_examples::own_types::pages::{Notes as _, NotesClient, NotesQuery};
use declarest_examples::own_types::parts::{Imports as _, ImportsClient, Table};
use declarest_examples::own_types::query::{Articles as _, ArticlesClient, Listing};
use declarest_examples::own_types::slack::{
    ClassifiedSlack as _, ClassifiedSlackClient, Slack as _, SlackClient, classified,
};
use declarest_examples::own_types::storage::{Key, Storage as _, StorageClient};
use declarest_examples::own_types::values::{Area, Day, Measures, Weather as _, WeatherClient};
use declarest_examples::own_types::xml::{Invoice, Invoices as _, InvoicesClient, Receipt, Xml};
use declarest_examples::own_types::{Stand, TOKEN, run};

async fn start() -> (Stand, Client, SkippingClock) {
    let (stand, clock) = (Stand::start().await.unwrap(), SkippingClock::new());
    let client = Client::builder(stand.api.url()).bearer("key").timer(clock.clone()).build().unwrap();
    (stand, client, clock)
}

fn last(stand: &Stand) -> Received {
    stand.api.requests().pop().unwrap()
}

#[tokio::test]
async fn a_job_is_polled_as_often_as_the_server_says() {
    let (stand, client, clock) = start().await;
    let job = ExportsClient::new(client).export("orders");
    assert!(stand.api.lines().is_empty(), "a job that nobody awaits is not started");
    assert_eq!(job.await.unwrap(), Export { rows: 1000 });
    assert_eq!(clock.waits(), [2, 3].map(Duration::from_secs));
    let poll = "GET /operations/op%2Forders";
    assert_eq!(stand.api.lines(), ["POST /exports", poll, poll]);
    let got = &stand.api.requests()[0];
    assert_eq!((got.text().as_str(), got.header("idempotency-key").len()), (r#"{"table":"orders"}"#, 32));
    assert_eq!(last(&stand).header("authorization"), "Bearer key");
}

#[tokio::test]
async fn a_job_that_fails_says_why_to_who_asks() {
    let (stand, client, _) = start().await;
    let error = ExportsClient::new(client).export("broken").await.unwrap_err();
    assert_eq!(error.to_string(), "the job has failed");
    assert!(matches!(error, JobError::Failed(why) if why == "row 7 has no key"));
    assert_eq!(stand.api.lines(), ["POST /exports", "GET /operations/op%2Fbroken"]);
}

#[tokio::test]
async fn a_job_that_does_not_end_is_given_up_at_the_deadline() {
    let (stand, client, clock) = start().await;
    let error = ExportsClient::new(client).export("endless").await.unwrap_err();
    assert!(matches!(&error, JobError::Call(error) if error.kind() == ErrorKind::Deadline), "{error}");
    // 2 s to the first poll, 9 s to every other one, five minutes in all.
    let (waits, polls) = (clock.waits(), stand.api.lines().len() - 1);
    assert_eq!(waits[..3], [2, 9, 9].map(Duration::from_secs));
    assert!((30..=34).contains(&polls), "{polls}");
}

#[tokio::test]
async fn a_job_can_be_faked() {
    struct Done;
    impl Exports for Done {
        fn export(&self, _: &str) -> Job<Export> {
            Job::ready(Ok(Export { rows: 1 }))
        }
    }
    let exports: &dyn Exports = &Done;
    assert_eq!(exports.export("orders").await.unwrap().rows, 1);
}

#[tokio::test]
async fn xml_there_and_back() {
    let (stand, client, _) = start().await;
    let invoice = Invoice { number: 7, item: vec!["Tea & Cake".into(), "<b>".into()] };
    let receipt = InvoicesClient::new(client).hand_in(Xml(&invoice)).await.unwrap();
    assert_eq!(receipt, Receipt { number: 9, state: "received & checked".into() });
    let got = last(&stand);
    let body = r#"<Invoice number="7"><item>Tea &amp; Cake</item><item>&lt;b&gt;</item></Invoice>"#;
    assert_eq!((got.header("content-type"), got.text().as_str()), ("application/xml", body));
    assert_eq!(got.header("accept"), "application/xml");
}

#[tokio::test]
async fn slacks_error_in_a_200_read_by_a_type() {
    let (stand, client, _) = start().await;
    let slack = SlackClient::new(client);
    assert_eq!(slack.post_message("C_1", "Hello").await.unwrap().ts, "1503435956.000247");
    assert_eq!(last(&stand).text(), r#"{"channel":"C_1","text":"Hello"}"#);
    let error = slack.post_message("C_NONE", "Hello").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Classified, 200));
    assert_eq!(error.body().unwrap().error, "channel_not_found");
    // A type reads the answer when the call is over, so it cannot have it repeated.
    let error = slack.post_message("C_BUSY", "Hello").await.unwrap_err();
    assert_eq!((error.body().unwrap().error.as_str(), error.attempts()), ("ratelimited", 1));
}

#[tokio::test]
async fn slacks_error_in_a_200_told_by_the_client() {
    let (stand, _, clock) = start().await;
    let client = classified(Client::builder(stand.api.url()).timer(clock.clone())).build().unwrap();
    let slack = ClassifiedSlackClient::new(client);
    let error = slack.post_message("C_NONE", "Hello").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Classified, 1));
    assert_eq!(error.body().unwrap().error, "channel_not_found");
    let reply = slack.post_message("C_BUSY", "Hello").with_reply().await.unwrap();
    assert_eq!((reply.attempts, clock.waits().len()), (2, 1));
}

#[tokio::test]
async fn a_cursor_joins_the_next_body() {
    let (stand, client, _) = start().await;
    let mut notes = NotesClient::new(client).query("db 1", &NotesQuery { tag: "new", page_size: 1 }).items();
    let mut titles = Vec::new();
    while let Some(note) = notes.try_next().await.unwrap() {
        titles.push(note.title);
    }
    assert_eq!(titles, ["Note 1", "Note 2", "Note 3"]);
    assert_eq!(stand.api.lines(), ["POST /databases/db%201/query"; 3]);
    let bodies: Vec<serde_json::Value> =
        stand.api.requests().iter().map(|got| serde_json::from_slice(&got.body).unwrap()).collect();
    let with = |cursor: &str| serde_json::json!({ "tag": "new", "page_size": 1, "start_cursor": cursor });
    assert_eq!(bodies, [serde_json::json!({ "tag": "new", "page_size": 1 }), with("2"), with("3")]);
}

#[tokio::test]
async fn events_are_told_apart_by_their_type() {
    let (stand, client, _) = start().await;
    let builds = BuildsClient::new(client);
    let step = BuildEvent::Step(Step { name: "compile".into() });
    for (build, failed) in [(1, false), (2, true)] {
        let mut news = builds.follow(build).await.unwrap();
        assert_eq!(news.try_next().await.unwrap().unwrap(), step);
        assert_eq!(news.try_next().await.unwrap().unwrap(), BuildEvent::Other("weather".into()));
        match news.try_next().await {
            Ok(event) => assert_eq!((event, failed), (Some(BuildEvent::Done), false)),
            Err(error) => {
                assert_eq!((error.kind(), failed), (ErrorKind::Classified, true));
                assert_eq!(error.body_as::<Step>(), Some(Step { name: "test".into() }));
            }
        }
        assert!(news.try_next().await.unwrap().is_none());
    }
    assert_eq!(last(&stand).header("accept"), "text/event-stream");
}

#[tokio::test]
async fn values_and_pairs_of_ones_own() {
    let (stand, client, _) = start().await;
    let weather = WeatherClient::new(client.clone());
    let day = Day { year: 2026, month: 1, day: 5 };
    let all = Measures { rain: true, wind: true };
    weather.stations(day, &Area([11.2, 48.0, 11.8, 48.3]), &all).await.unwrap();
    weather.stations(day, &Area([0.0; 4]), &Measures::default()).await.unwrap();
    let error = weather.stations(day, &Area([f64::NAN; 4]), &all).await.unwrap_err();
    assert!(
        error.is_argument() && error.to_string().contains("`bbox` has a corner that is not a number"),
        "{error}"
    );
    let articles = ArticlesClient::new(client);
    let listing = Listing {
        filter: &[("author", "9"), ("tag", "a&b")],
        sort: &[("created", true), ("title", false)],
        size: Some(2),
    };
    articles.list(&listing).await.unwrap();
    articles.list(&Listing::default()).await.unwrap();
    assert_eq!(
        stand.api.lines(),
        [
            "GET /stations/2026-01-05?bbox=11.2%2C48%2C11.8%2C48.3&with=rain,wind",
            "GET /stations/2026-01-05?bbox=0%2C0%2C0%2C0",
            "GET /articles?filter%5Bauthor%5D=9&filter%5Btag%5D=a%26b&sort=-created,title&page%5Bsize%5D=2",
            "GET /articles",
        ]
    );
}

#[tokio::test]
async fn headers_of_ones_own() {
    let (stand, client, _) = start().await;
    let recordings = RecordingsClient::new(client);
    let mut trace = TraceContext { trace: 0xabc, span: 0xd, state: Some("vendor=1".into()) };
    assert_eq!(recordings.piece(1, &ByteRange(100..200), &trace).await.unwrap(), "abc");
    let got = last(&stand);
    assert_eq!(got.header("range"), "bytes=100-199");
    assert_eq!(got.header("traceparent"), "00-00000000000000000000000000000abc-000000000000000d-01");
    assert_eq!(got.header("tracestate"), "vendor=1");
    trace.state = None;
    recordings.piece(1, &ByteRange(5..5), &trace).await.unwrap();
    let got = last(&stand);
    assert!(!got.headers.contains_key("range") && !got.headers.contains_key("tracestate"));
}

#[tokio::test]
async fn a_table_is_a_file_of_a_multipart_body() {
    let (stand, client, _) = start().await;
    let table = Table { name: "keys".into(), rows: vec![vec!["a \"b\"".into(), "1".into()]] };
    ImportsClient::new(client).import("orders", table).await.unwrap();
    let got = last(&stand);
    let boundary = got.header("content-type").strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = "--B\r\nContent-Disposition: form-data; name=\"into\"\r\n\r\norders\r\n\
                --B\r\nContent-Disposition: form-data; name=\"table\"; filename=\"keys.csv\"\r\n\
                Content-Type: text/csv; charset=utf-8\r\n\r\n\"a \"\"b\"\"\",\"1\"\r\n\r\n--B--\r\n";
    assert_eq!(got.text().replace(boundary, "B"), body);
}

#[tokio::test]
async fn a_key_of_two_segments_and_a_url_that_gets_no_token() {
    let (stand, client, _) = start().await;
    let storage = StorageClient::new(client);
    let place = storage.place("photos", &Key { owner: 7, name: "../a b.png" }).await.unwrap();
    assert_eq!(stand.api.lines(), ["POST /buckets/photos/user-7/..%2Fa%20b.png"]);
    storage.put(&place.url, b"bytes".to_vec()).await.unwrap();
    let got = stand.files.requests().pop().unwrap();
    assert_eq!((format!("{got:?}").as_str(), got.text().as_str()), ("PUT /k1?signature=s", "bytes"));
    assert_eq!(got.header("authorization"), "");
    let error = storage.place("photos", &Key { owner: 7, name: ".." }).await.unwrap_err();
    assert!(error.is_argument() && error.to_string().contains("`key`"), "{error}");
}

#[tokio::test]
async fn a_token_is_fetched_once_until_it_expires() {
    let (stand, client, _) = start().await;
    let tokens = ClientCredentials::new(&stand.api.url(), "program", "secret", "reports.read").unwrap();
    let reports = ReportsClient::new(client.with_auth(Auth::provider(tokens)));
    for _ in 0..2 {
        assert_eq!(reports.list().await.unwrap(), ["Costs"]);
    }
    assert_eq!(stand.api.lines(), ["POST /oauth/token", "GET /reports", "GET /reports"]);
    let got = stand.api.requests();
    assert_eq!(got[0].text(), "scope=reports.read&grant_type=client_credentials");
    assert_eq!(got[0].header("authorization"), "Basic cHJvZ3JhbTpzZWNyZXQ=");
    assert_eq!(got[1].header("authorization"), format!("Bearer {TOKEN}"));
}

#[tokio::test]
async fn the_program_uses_each_type() {
    let (stand, mut out) = (Stand::start().await.unwrap(), Vec::new());
    run(&stand, &mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    let out = out.replace(stand.api.url().trim_start_matches("http://"), "HOST");
    for line in [
        "job          1000 rows, after waits of [2s, 3s] that were skipped",
        "xml          receipt 9: received & checked",
        "slack        channel_not_found: Slack::post_message: POST HOST/chat.postMessage: \
         the response is an error (200 OK): Slack says that it is not ok: \"channel_not_found\" (responded, 1 attempt)",
        "classify     posted after 2 attempts",
        "pages        Note 3",
        "events       Done",
        "values       München-Stadt",
        "query        On traits",
        "headers      3 bytes",
        "parts        imported",
        "storage      SignedUrl, 5 bytes put",
        "credentials  Costs",
    ] {
        assert!(out.lines().any(|found| found == line), "{line}\n{out}");
    }
}
