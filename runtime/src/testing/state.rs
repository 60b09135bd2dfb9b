//! What a mock expects, what it received, and which response a request gets.

use std::fmt::Write as _;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::compare::{differences, name_of};
use super::described::{Expected, is_same_endpoint};
use super::difference::Masks;
use super::request::ReceivedRequest;
use super::response::Step;
use crate::clock::SimulatedClock;

/// What the handles and the clients of a mock share.
pub(super) struct Shared {
    pub(super) clock: Arc<SimulatedClock>,
    state: Mutex<State>,
}

impl Shared {
    pub(super) fn new() -> Self {
        Self { clock: Arc::new(SimulatedClock::new()), state: Mutex::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
pub(super) struct State {
    pub(super) entries: Vec<Entry>,
    pub(super) in_order: bool,
    pub(super) requests: Vec<ReceivedRequest>,
    /// The unexpected requests that were not reported yet.
    unexpected: Vec<String>,
}

/// An expectation or a stub.
pub(super) struct Entry {
    pub(super) expected: Expected,
    pub(super) steps: Vec<Step>,
    /// How many calls are expected; `None` for a stub.
    pub(super) times: Option<usize>,
    place: &'static Location<'static>,
    runs: Vec<Run>,
    is_reported: bool,
}

/// One call that the responses are given to: its attempts, or calls that follow each other.
struct Run {
    url: String,
    /// The last attempt of the call.
    attempt: u32,
    /// The response that was given last.
    step: usize,
    /// How many requests there were before the last.
    at: usize,
}

/// Whether the last response of a run was a failure, and how many requests there were before it.
type Recency = (bool, usize);

impl Entry {
    pub(super) fn new(expected: Expected, times: Option<usize>, place: &'static Location<'static>) -> Self {
        Self { expected, steps: vec![Step::default()], times, place, runs: Vec::new(), is_reported: false }
    }

    /// Ends the stream of events of the last response as the endpoint declares.
    pub(super) fn end_events(&mut self) {
        let end = self.expected.endpoint.events.and_then(|rules| rules.end);
        if let (Some(step), Some(end)) = (self.steps.last_mut(), end) {
            step.end = end;
        }
    }

    /// Returns whether every expected call was made, and every response was given.
    fn is_met(&self) -> bool {
        self.times.is_none_or(|times| self.runs.len() >= times && self.unfinished().is_none())
    }

    /// Returns whether another call gets a response.
    fn is_open(&self) -> bool {
        self.times.is_none_or(|times| self.runs.len() < times) || self.unfinished().is_some()
    }

    /// Returns the first run that has responses left.
    fn unfinished(&self) -> Option<&Run> {
        self.runs.iter().find(|run| run.step + 1 < self.steps.len())
    }

    /// Returns the run that a further attempt belongs to: one whose last attempt was the one before, the latest of those that failed.
    fn repeated(&self, request: &ReceivedRequest) -> Option<(Recency, usize)> {
        let url = request.url();
        let runs = self.runs.iter().enumerate();
        let runs = runs.filter(|(_, run)| run.attempt + 1 == request.attempt() && run.url == url);
        runs.map(|(index, run)| ((self.steps.get(run.step).is_some_and(Step::is_failure), run.at), index))
            .max()
    }

    /// Gives the next response of a run to one more request, or the last one again.
    fn go_on(&mut self, run: usize, request: &ReceivedRequest, at: usize) -> Option<Step> {
        let run = self.runs.get_mut(run)?;
        run.attempt = request.attempt();
        run.step = (run.step + 1).min(self.steps.len().saturating_sub(1));
        run.at = at;
        self.steps.get(run.step).cloned()
    }

    /// Gives the first response of a new run, or goes on with a call that was made before.
    fn begin(&mut self, request: &ReceivedRequest, at: usize) -> Option<Step> {
        let url = request.url();
        let is_going_on = |run: &Run| run.url == url && run.step + 1 < self.steps.len();
        if let Some(run) = self.runs.iter().position(is_going_on) {
            return self.go_on(run, request, at);
        }
        self.runs.push(Run { url, attempt: request.attempt(), step: 0, at });
        self.steps.first().cloned()
    }

    /// Returns what is expected, and where the test says so.
    fn describe(&self) -> String {
        let name = name_of(self.expected.endpoint);
        let what = match self.expected.request.as_ref().filter(|_| !self.expected.any_arguments) {
            Some(request) => {
                let masks = Masks { expected: &request.secrets, actual: &[] };
                format!("{} {} ({name})", request.method, masks.plain(&request.uri.to_string()))
            }
            None => format!("{name} with any arguments"),
        };
        let role = if self.times.is_some() { "expected" } else { "stubbed" };
        format!("{what}, {role} at {}", self.place)
    }

    /// Returns how far an expectation is met.
    fn progress(&self) -> String {
        let times = self.times.unwrap_or_default();
        match self.unfinished().filter(|_| self.runs.len() >= times) {
            Some(run) => format!("{} of {} responses were given", run.step + 1, self.steps.len()),
            None => format!("called {} of {times} times", self.runs.len()),
        }
    }
}

impl State {
    /// Returns the response to a request; `None` if it is unexpected.
    pub(super) fn serve(&mut self, request: ReceivedRequest) -> Option<Step> {
        let at = self.requests.len();
        let step = match self.repeated(&request) {
            Some((entry, run)) => {
                self.entries.get_mut(entry).and_then(|entry| entry.go_on(run, &request, at))
            }
            None => {
                let entry = self.chosen(&request).and_then(|entry| self.entries.get_mut(entry));
                entry.and_then(|entry| entry.begin(&request, at))
            }
        };
        if step.is_none() {
            let unexpected = self.unexpected(&request);
            self.unexpected.push(unexpected);
        }
        self.requests.push(request);
        step
    }

    /// Returns the entry and the run that a further attempt of a call belongs to.
    fn repeated(&self, request: &ReceivedRequest) -> Option<(usize, usize)> {
        let entries = self.entries.iter().enumerate().filter(|(_, entry)| matches(entry, request));
        let runs = entries.filter_map(|(index, entry)| Some((entry.repeated(request)?, index)));
        runs.max().map(|((_, run), entry)| (entry, run))
    }

    /// Returns the entry that responds to a call: expectations before stubs, in the order of the test.
    fn chosen(&self, request: &ReceivedRequest) -> Option<usize> {
        let entries = || self.entries.iter().enumerate();
        let mut expected = entries().filter(|(_, entry)| entry.times.is_some() && entry.is_open());
        let expected = match self.in_order {
            true => expected.next().filter(|(_, entry)| matches(entry, request)),
            false => expected.find(|(_, entry)| matches(entry, request)),
        };
        let stub = || entries().find(|(_, entry)| entry.times.is_none() && matches(entry, request));
        expected.or_else(stub).map(|(index, _)| index)
    }

    /// Describes an unexpected request, with the nearest expectation.
    fn unexpected(&self, request: &ReceivedRequest) -> String {
        let masks = Masks { expected: &[], actual: &request.sent.secrets };
        let (url, name) = (masks.plain(&request.url()), name_of(request.endpoint()));
        let mut text = format!("unexpected request: {} {url} ({name})", request.method());
        if request.attempt() > 1 {
            let _ = write!(text, ", attempt {}", request.attempt());
        }
        let compared = self.entries.iter().map(|entry| (entry, differences(&entry.expected, request)));
        let nearest = compared.min_by_key(|(entry, differences)| {
            (
                !differences.is_empty(),
                !is_same_endpoint(entry.expected.endpoint, request.endpoint()),
                differences.len(),
            )
        });
        let Some((entry, differences)) = nearest else {
            text.push_str("\n     the mock expects no request");
            return text;
        };
        let _ = write!(text, "\n   nearest: {}", entry.describe());
        for difference in &differences {
            let _ = write!(text, "\n     {difference}");
        }
        if differences.is_empty() {
            match entry.is_open() {
                true => text.push_str("\n     out of order: an earlier expectation is not met"),
                false => {
                    let _ = write!(text, "\n     {}", entry.progress());
                }
            }
        }
        text
    }

    /// Returns what went wrong since the last time, as one text; `None` if nothing did.
    pub(super) fn problems(&mut self) -> Option<String> {
        let mut problems = std::mem::take(&mut self.unexpected);
        for entry in self.entries.iter_mut().filter(|entry| !entry.is_met() && !entry.is_reported) {
            entry.is_reported = true;
            problems.push(format!("not met: {}\n     {}", entry.describe(), entry.progress()));
        }
        if problems.is_empty() {
            return None;
        }
        let count =
            if problems.len() == 1 { "1 problem".to_owned() } else { format!("{} problems", problems.len()) };
        let mut text = format!("the mock has {count}:");
        for (at, problem) in problems.iter().enumerate() {
            let _ = write!(text, "\n\n{}. {problem}", at + 1);
        }
        Some(text)
    }
}

fn matches(entry: &Entry, request: &ReceivedRequest) -> bool {
    differences(&entry.expected, request).is_empty()
}
