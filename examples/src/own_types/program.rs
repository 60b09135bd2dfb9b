//! Uses each type once.

use std::error::Error;
use std::io::Write;

use declarest::{Auth, Client};

use super::Stand;
use super::clock::SkippingClock;
use super::credentials::{ClientCredentials, Reports as _, ReportsClient};
use super::events::{Builds as _, BuildsClient};
use super::headers::{ByteRange, Recordings as _, RecordingsClient, TraceContext};
use super::job::{Exports as _, ExportsClient};
use super::pages::{Notes as _, NotesClient, NotesQuery};
use super::parts::{Imports as _, ImportsClient, Table};
use super::query::{Articles as _, ArticlesClient, Listing};
use super::slack::{ClassifiedSlack as _, ClassifiedSlackClient, Slack as _, SlackClient, classified};
use super::storage::{Key, Storage as _, StorageClient};
use super::values::{Area, Day, Measures, Weather as _, WeatherClient};
use super::xml::{Invoice, Invoices as _, InvoicesClient, Xml};

type Out<'a> = &'a mut (dyn Write + Send);
type Done = Result<(), Box<dyn Error>>;

/// Uses each type once, against `stand`.
///
/// # Errors
/// When a call fails.
pub async fn run(stand: &Stand, out: Out<'_>) -> Done {
    let clock = SkippingClock::new();
    let builder = || Client::builder(stand.api.url()).bearer("key").timer(clock.clone());
    let client = builder().build()?;
    let export = ExportsClient::new(client.clone()).export("orders").await?;
    writeln!(out, "job          {} rows, after waits of {:?} that were skipped", export.rows, clock.waits())?;
    answers(&client, out).await?;
    let busy = ClassifiedSlackClient::new(classified(builder()).build()?);
    let reply = busy.post_message("C_BUSY", "Hello").with_reply().await?;
    writeln!(out, "classify     posted after {} attempts", reply.attempts)?;
    arguments(&client, out).await?;
    files(&client, out).await?;
    let tokens = ClientCredentials::new(&stand.api.url(), "program", "secret", "reports.read")?;
    let reports = ReportsClient::new(client.with_auth(Auth::provider(tokens)));
    writeln!(out, "credentials  {}", reports.list().await?.join(" "))?;
    Ok(())
}

/// What is read in one's own way.
async fn answers(client: &Client, out: Out<'_>) -> Done {
    let invoice = Invoice { number: 7, item: vec!["Tea".to_owned()] };
    let receipt = InvoicesClient::new(client.clone()).hand_in(Xml(&invoice)).await?;
    writeln!(out, "xml          receipt {}: {}", receipt.number, receipt.state)?;
    if let Err(error) = SlackClient::new(client.clone()).post_message("C_NONE", "Hello").await {
        let name = error.body().map_or("", |refusal| refusal.error.as_str());
        writeln!(out, "slack        {name}: {error}")?;
    }
    let mut notes =
        NotesClient::new(client.clone()).query("db", &NotesQuery { tag: "new", page_size: 1 }).items();
    while let Some(note) = notes.try_next().await? {
        writeln!(out, "pages        {}", note.title)?;
    }
    let mut news = BuildsClient::new(client.clone()).follow(1).await?;
    while let Some(event) = news.try_next().await? {
        writeln!(out, "events       {event:?}")?;
    }
    Ok(())
}

/// What is written in one's own way.
async fn arguments(client: &Client, out: Out<'_>) -> Done {
    let (day, area) = (Day { year: 2026, month: 11, day: 25 }, Area([11.2, 48.0, 11.8, 48.3]));
    let stations =
        WeatherClient::new(client.clone()).stations(day, &area, &Measures { rain: true, wind: true }).await?;
    writeln!(out, "values       {}", stations.join(" "))?;
    let listing =
        Listing { filter: &[("author", "9")], sort: &[("created", true), ("title", false)], size: Some(2) };
    writeln!(out, "query        {}", ArticlesClient::new(client.clone()).list(&listing).await?.join(" "))?;
    let trace = TraceContext { trace: 0xabc, span: 0xd, state: None };
    let piece = RecordingsClient::new(client.clone()).piece(1, &ByteRange(0..3), &trace).await?;
    writeln!(out, "headers      {} bytes", piece.len())?;
    Ok(())
}

/// What is sent as a file.
async fn files(client: &Client, out: Out<'_>) -> Done {
    let table = Table { name: "keys".to_owned(), rows: vec![vec!["a \"b\"".to_owned(), "1".to_owned()]] };
    ImportsClient::new(client.clone()).import("orders", table).await?;
    writeln!(out, "parts        imported")?;
    let storage = StorageClient::new(client.clone());
    let place = storage.place("photos", &Key { owner: 7, name: "a/b.png" }).await?;
    storage.put(&place.url, b"bytes".to_vec()).await?;
    writeln!(out, "storage      {:?}, 5 bytes put", place.url)?;
    Ok(())
}
