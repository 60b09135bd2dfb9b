//! Keeps the audit log as JSON Lines: every run adds what is new.
//!
//! The API lists the newest event first. A run walks from there back to the newest event of the last run. After each
//! page the events are in the file before the cursor is stored; a run that is ended goes on at the cursor, after it has
//! cut off what was written behind it.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use clap::Parser;
use declarest::Cursor;
use openai_admin::{AuditLog, AuditLogEventType, ListAuditLogs, TimeRange, Timestamp, prelude::*};
use serde::{Deserialize, Serialize};

use crate::table::{count, date};
use crate::{Context, Failure, files};

/// Adds what is new in the audit log to a file of JSON Lines.
#[derive(Debug, Parser)]
#[command(name = "audit_log", version)]
pub struct Args {
    /// The file that events are added to.
    #[arg(long, value_name = "FILE", default_value = "audit-log.jsonl")]
    pub output: PathBuf,
    /// Where the program keeps how far it has come.
    #[arg(long, value_name = "FILE", default_value = "audit-log.state.json")]
    pub state: PathBuf,
    /// How many days the first run goes back; without it, to the beginning.
    #[arg(long, value_name = "DAYS")]
    pub days: Option<u32>,
    /// Only events of this type, such as api_key.created; can be repeated.
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    /// Events on a page, 1 to 100.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub page_size: u32,
}

/// How far the program has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Mark {
    /// The newest event's time.
    newest: Timestamp,
    /// The events of that second, which a list from that second on gives again.
    ids: BTreeSet<String>,
}

/// A walk through the log that has begun and not ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Walk {
    cursor: Option<Cursor>,
    /// Where the next run will begin.
    mark: Mark,
}

/// What the state file holds.
#[derive(Debug, Serialize, Deserialize)]
struct State {
    place: String,
    types: Vec<String>,
    /// Bytes of the output that count.
    length: u64,
    /// Where the oldest event of a walk lies when no walk has ended yet.
    from: Option<Timestamp>,
    done: Option<Mark>,
    walk: Option<Walk>,
}

/// Runs the program.
///
/// # Errors
/// When a call or a file fails. What was written before counts, and the next run goes on there.
pub async fn run(args: &Args, cx: &mut Context<'_>) -> Result<(), Failure> {
    cx.headline("Audit log")?;
    let mut state = match files::load::<State>(&args.state)? {
        Some(state) => checked(state, args, cx)?,
        None => State::new(args, cx),
    };
    if state.walk.is_some() {
        cx.say("Going on where the last run was ended.")?;
    }
    let mut output = open(&args.output, state.length)?;
    files::store(&args.state, &state)?;
    let written = walk(&mut state, &mut output, args, cx).await;
    let total = count_lines(&args.output)?;
    let file = args.output.display();
    let line = match &written {
        Ok(new) => format!("{} added, {total} in {file}", count(*new, "event")),
        Err(_) => format!("Stopped with {} in {file}. Run again to go on.", count(total, "event")),
    };
    cx.say(line)?;
    written.map(|_| ())
}

impl State {
    fn new(args: &Args, cx: &Context<'_>) -> Self {
        let from = args.days.map(|days| cx.session().now().unix().saturating_sub(i64::from(days) * 86_400));
        Self {
            place: cx.session().place().to_owned(),
            types: args.types.clone(),
            length: 0,
            from: from.map(Timestamp::from_unix),
            done: None,
            walk: None,
        }
    }

    /// What to list: from the newest event of the last walk on, that second included.
    fn params(&self, page_size: u32) -> ListAuditLogs {
        let types = self.types.iter().map(|kind| AuditLogEventType::from(kind.as_str()));
        let params = ListAuditLogs::default().limit(page_size).event_types(types);
        match self.done.as_ref().map(|mark| mark.newest).or(self.from) {
            Some(from) => params.effective_at(TimeRange::default().gte(from)),
            None => params,
        }
    }

    fn is_known(&self, event: &AuditLog) -> bool {
        self.done.as_ref().is_some_and(|mark| mark.ids.contains(&event.id))
    }
}

impl Mark {
    /// Takes an event into account.
    fn see(&mut self, event: &AuditLog) {
        if event.effective_at > self.newest {
            *self = Self { newest: event.effective_at, ids: BTreeSet::new() };
        }
        if event.effective_at == self.newest {
            self.ids.insert(event.id.clone());
        }
    }
}

/// A state of an earlier run, if it is one of the same log with the same filter.
fn checked(state: State, args: &Args, cx: &Context<'_>) -> Result<State, Failure> {
    let place = cx.session().place();
    if state.place == place && state.types == args.types {
        return Ok(state);
    }
    let file = args.state.display();
    let why = if state.place == place {
        format!("{file} belongs to other event types: name other files with --state and --output")
    } else {
        format!(
            "{file} belongs to {}, this is {place}: name other files with --state and --output",
            state.place
        )
    };
    Err(Failure::Refused(why))
}

/// Opens the output and cuts off what was written after the state was stored last.
fn open(path: &Path, length: u64) -> Result<File, Failure> {
    let cut = || {
        let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)?;
        let found = file.metadata()?.len();
        if found < length {
            let why =
                format!("the file has {found} bytes, {length} were written: it was changed or replaced");
            return Err(std::io::Error::other(why));
        }
        if length == 0 && found > 0 {
            return Err(std::io::Error::other("the file is not empty and no state tells what is in it"));
        }
        file.set_len(length)?;
        file.seek(SeekFrom::End(0))?;
        Ok(file)
    };
    cut().map_err(Failure::file(path))
}

/// Writes page after page, and returns how many events were new.
async fn walk(state: &mut State, output: &mut File, args: &Args, cx: &Context<'_>) -> Result<usize, Failure> {
    let logs = cx.session().admin().audit_logs();
    let mut list = logs.list(&state.params(args.page_size));
    let mut walk = state.walk.take().unwrap_or_default();
    if let Some(cursor) = &walk.cursor {
        list = list.resume(cursor);
    }
    let (mut pages, mut new, bar) = (list.pages(), 0, cx.progress(None));
    while let Some(page) =
        cx.stop().or(pages.try_next()).await?.map_err(Failure::api("list the audit log"))?
    {
        let mut lines = Vec::new();
        for event in &page.data {
            walk.mark.see(event);
            if !state.is_known(event) {
                serde_json::to_writer(&mut lines, event).map_err(std::io::Error::from)?;
                lines.push(b'\n');
                new += 1;
                bar.inc(1);
            }
        }
        if let Some(event) = page.data.last() {
            bar.set_message(format!("events, back to {}", date(event.effective_at)));
        }
        output.write_all(&lines).and_then(|()| output.sync_data()).map_err(Failure::file(&args.output))?;
        state.length += u64::try_from(lines.len()).unwrap_or_default();
        walk.cursor = pages.cursor().cloned();
        match walk.cursor {
            Some(_) => state.walk = Some(walk.clone()),
            None => finish(state, walk.clone()),
        }
        files::store(&args.state, state)?;
    }
    bar.finish_and_clear();
    Ok(new)
}

/// Notes that the walk has reached its end.
fn finish(state: &mut State, walk: Walk) {
    state.walk = None;
    if !walk.mark.ids.is_empty() {
        state.done = Some(walk.mark);
    }
}

fn count_lines(path: &Path) -> Result<usize, Failure> {
    let bytes = std::fs::read(path).map_err(Failure::file(path))?;
    Ok(bytes.iter().filter(|byte| **byte == b'\n').count())
}
