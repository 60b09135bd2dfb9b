//! [`Page`] and [`BodyCursor`]: a list that is asked for with a body, whose cursor belongs into the next one.

use declarest::{BodyCursor, BoxError, Next, Page, Pages, Sent, api};
use serde::{Deserialize, Serialize};

/// A database of notes.
#[api]
pub trait Notes: Send + Sync {
    /// The notes that fit a filter. It only reads, so it may be repeated, although it is a POST.
    #[post("/databases/{database}/query", idempotent)]
    fn query(&self, database: &str, #[json] query: &NotesQuery<'_>) -> Pages<NotesPage>;
}

/// Which notes are looked for.
#[derive(Debug, Clone, Serialize)]
pub struct NotesQuery<'a> {
    /// Those with this tag.
    pub tag: &'a str,
    /// How many on a page.
    pub page_size: u32,
}

/// A page of notes.
#[derive(Debug, Deserialize)]
pub struct NotesPage {
    results: Vec<Note>,
    next_cursor: Option<String>,
}

/// A note.
#[derive(Debug, Clone, Deserialize)]
pub struct Note {
    /// What it is called.
    pub title: String,
}

impl Page for NotesPage {
    type Item = Note;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.next_cursor.as_deref().map_or(Next::Done, |cursor| Next::body("start_cursor", cursor)))
    }

    fn into_items(self) -> Vec<Note> {
        self.results
    }

    fn is_empty(&self) -> bool {
        self.results.is_empty()
    }
}

/// Without it, an endpoint with a body does not return `Pages<NotesPage>`: a cursor in the query would be lost on it.
impl BodyCursor for NotesPage {}
