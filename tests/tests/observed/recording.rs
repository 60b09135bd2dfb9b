//! A subscriber that keeps what this crate says, and shows it as a tree.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, MutexGuard};

use tracing::field::{Field, Visit};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Id, Metadata, Subscriber, span};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

/// A span or an event, with its fields in the order in which they were recorded.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    pub(super) name: String,
    /// The position of the span around it.
    pub(super) parent: Option<usize>,
    pub(super) fields: Vec<(String, String)>,
    /// All fields that it can have, the empty ones too.
    pub(super) known: Vec<&'static str>,
    pub(super) is_event: bool,
    pub(super) is_closed: bool,
}

impl Kept {
    pub(super) fn get(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

impl Visit for Kept {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let value = format!("{value:?}");
        match field.name() {
            "message" => self.name = value,
            name => self.fields.push((name.to_owned(), value)),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.push((field.name().to_owned(), value.to_owned()));
    }
}

#[derive(Default)]
struct State {
    /// In the order of their beginning.
    all: Vec<Kept>,
    /// Where the open spans are in it. The registry gives the id of a closed one to a later one.
    spans: BTreeMap<u64, usize>,
}

/// What was said on this thread.
#[derive(Clone, Default)]
pub(super) struct Recording(Arc<Mutex<State>>);

impl Recording {
    /// Listens on this thread until the guard is dropped.
    pub(super) fn start() -> (Self, DefaultGuard) {
        let recording = Self::default();
        let subscriber = tracing_subscriber::registry().with(recording.clone());
        (recording, tracing::subscriber::set_default(subscriber))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// The spans of this name.
    pub(super) fn spans(&self, name: &str) -> Vec<Kept> {
        self.state().all.iter().filter(|kept| !kept.is_event && kept.name == name).cloned().collect()
    }

    /// The events of this text.
    pub(super) fn events(&self, text: &str) -> Vec<Kept> {
        self.state().all.iter().filter(|kept| kept.is_event && kept.name == text).cloned().collect()
    }

    /// All of it as text, an indented line for each field of a span.
    pub(super) fn tree(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, None, 0);
        text
    }

    fn write(&self, text: &mut String, parent: Option<usize>, depth: usize) {
        let indent = "  ".repeat(depth);
        let all = self.state().all.clone();
        for (position, kept) in all.iter().enumerate().filter(|(_, kept)| kept.parent == parent) {
            let fields = kept.fields.iter().map(|(name, value)| format!("{name}={value}"));
            if kept.is_event {
                let fields: String = fields.map(|field| format!(" {field}")).collect();
                writeln!(text, "{indent}event: {}{fields}", kept.name).unwrap();
                continue;
            }
            writeln!(text, "{indent}{}", kept.name).unwrap();
            fields.for_each(|field| writeln!(text, "{indent}  {field}").unwrap());
            self.write(text, Some(position), depth + 1);
        }
    }

    fn keep(&self, metadata: &'static Metadata<'static>, parent: Option<u64>) -> Kept {
        let known = metadata.fields().iter().map(|field| field.name()).collect();
        let (name, is_event) = (metadata.name().to_owned(), metadata.is_event());
        let parent = parent.and_then(|id| self.state().spans.get(&id).copied());
        Kept { name, parent, known, is_event, ..Kept::default() }
    }
}

fn parent<S: Subscriber + for<'a> LookupSpan<'a>>(
    given: Option<&Id>,
    is_contextual: bool,
    context: &Context<'_, S>,
) -> Option<u64> {
    match given {
        Some(id) => Some(id.into_u64()),
        None if is_contextual => context.lookup_current().map(|span| span.id().into_u64()),
        None => None,
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recording {
    fn on_new_span(&self, attributes: &span::Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if attributes.metadata().target() != "declarest" {
            return;
        }
        let parent = parent(attributes.parent(), attributes.is_contextual(), &context);
        let mut kept = self.keep(attributes.metadata(), parent);
        attributes.record(&mut kept);
        let mut state = self.state();
        let position = state.all.len();
        state.all.push(kept);
        state.spans.insert(id.into_u64(), position);
    }

    fn on_record(&self, id: &Id, values: &span::Record<'_>, _: Context<'_, S>) {
        let mut state = self.state();
        if let Some(position) = state.spans.get(&id.into_u64()).copied() {
            values.record(&mut state.all[position]);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != "declarest" {
            return;
        }
        let parent = parent(event.parent(), event.is_contextual(), &context);
        let mut kept = self.keep(event.metadata(), parent);
        event.record(&mut kept);
        self.state().all.push(kept);
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        let mut state = self.state();
        if let Some(position) = state.spans.remove(&id.into_u64()) {
            state.all[position].is_closed = true;
        }
    }
}
