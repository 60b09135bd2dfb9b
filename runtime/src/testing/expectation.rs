//! What an expected call gets, and how it is compared.

use std::marker::PhantomData;
use std::panic::Location;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Serialize;

use super::described::{Description, Expected};
use super::fail::fail;
use super::fault::Fault;
use super::respond::{Respond, ToEvent, json};
use super::response::{Step, header, response};
use super::state::{Entry, Shared};
use crate::error::BoxError;
use crate::head::Head;
use crate::pages::{Page, following};
use crate::witness::Witness;

/// The response type of an expectation that names an endpoint only: it responds with JSON, bytes or a status.
#[derive(Debug, Clone, Copy)]
pub struct AnyResponse;

/// An expected call, for what it gets and how it is compared; made by [`Mock::expect`](super::Mock::expect) and
/// [`Mock::stub`](super::Mock::stub). It is in force at once; each method adds to it.
///
/// Its responses are given in turn: to the attempts of the call and, if there are more, to the next call. A further attempt of a
/// call whose responses are all given gets the last one again, so that `fail(Fault::Refused)` fails the call and not only its
/// first attempt.
pub struct Expectation<'m, T> {
    pub(super) shared: &'m Shared,
    /// The entries of the expectation: one, or one for each page.
    pub(super) entries: Vec<usize>,
    pub(super) described: Option<Description>,
    pub(super) response: PhantomData<fn() -> T>,
}

impl<T: Respond> Expectation<'_, T> {
    /// Responds with a value, as the call's type reads it: status 200 and JSON for a type of serde, 204 for `()`, 404 for `None` of
    /// an `IfFound`. Secrets in it are written.
    ///
    /// # Panics
    /// If the value cannot be written, or the response was given already.
    #[track_caller]
    pub fn respond(self, value: &T::Output) -> Self {
        let response = T::response(value);
        self.give(response)
    }
}

impl<T> Expectation<'_, T> {
    /// Responds with a status and JSON, such as an error of the API.
    ///
    /// # Panics
    /// If the status is not one of HTTP, the value cannot be written, or the response was given already.
    #[track_caller]
    pub fn respond_json(self, status: u16, value: impl Serialize) -> Self {
        let status = status_code(status);
        self.give(json(&value).map(|json| response(status, "application/json", json)))
    }

    /// Responds with a status and no content.
    ///
    /// # Panics
    /// If the status is not one of HTTP, or the response was given already.
    #[track_caller]
    pub fn respond_status(self, status: u16) -> Self {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status_code(status);
        self.give(Ok(response))
    }

    /// Responds with a status and content of a media type.
    ///
    /// # Panics
    /// If the status is not one of HTTP, or the response was given already.
    #[track_caller]
    pub fn respond_bytes(self, status: u16, media_type: &str, content: impl Into<Bytes>) -> Self {
        self.give(Ok(response(status_code(status), media_type, content)))
    }

    /// Responds with a stream of server-sent events: values of serde, as the data of events, or [`Event`](crate::Event)s.
    /// The end that the endpoint declares (`events(end = "[DONE]")`) follows, unless a [`fail`](Expectation::fail) does.
    ///
    /// # Panics
    /// If an event cannot be written, or the response was given already.
    #[track_caller]
    pub fn events<I>(self, events: I) -> Self
    where
        I: IntoIterator,
        I::Item: ToEvent,
    {
        let mut stream = String::new();
        let written = events.into_iter().try_for_each(|event| event.write_event(&mut stream));
        self.change_last(Entry::end_events)
            .give(written.map(|()| response(StatusCode::OK, "text/event-stream", stream)))
    }

    /// Responds with a stream of JSON values, one on each line.
    ///
    /// # Panics
    /// If a value cannot be written, or the response was given already.
    #[track_caller]
    pub fn json_lines<I>(self, values: I) -> Self
    where
        I: IntoIterator,
        I::Item: Serialize,
    {
        let mut lines = Vec::new();
        let written = values.into_iter().try_for_each(|value| {
            lines.extend(json(&value)?);
            lines.push(b'\n');
            Ok(())
        });
        self.give(written.map(|()| response(StatusCode::OK, "application/x-ndjson", lines)))
    }

    /// Adds a header to the response.
    ///
    /// # Panics
    /// If name or value is not one of a header.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, value)) => self.change_step(|step| step.add_header(name, value)),
            Err(why) => fail(&why),
        }
    }

    /// Ends the response with a fault; without a response before, the fault is all that happens.
    pub fn fail(self, fault: Fault) -> Self {
        self.change_step(|step| step.fault = Some(fault))
    }

    /// Begins the next response: to the next attempt of the call, or to the next call.
    pub fn then(self) -> Self {
        self.change_last(|entry| entry.steps.push(Step::default()))
    }

    /// Expects this number of calls. Each gets all responses. 0 means that the call must not be made. A stub becomes an
    /// expectation.
    pub fn times(self, times: usize) -> Self {
        self.change_all(|entry| entry.times = Some(times))
    }

    /// Does not compare the pairs of this name in the query.
    pub fn any_query(self, name: &str) -> Self {
        self.change_all(|entry| entry.expected.any_query.push(name.to_owned()))
    }

    /// Compares nothing but the endpoint.
    pub fn any_arguments(self) -> Self {
        self.change_all(|entry| entry.expected.any_arguments = true)
    }

    #[track_caller]
    fn give(self, response: Result<Response<Bytes>, BoxError>) -> Self {
        let response = match response {
            Ok(response) => response,
            Err(error) => fail(&format!("the response cannot be written: {error}")),
        };
        let mut is_first = true;
        let given = self.change_step(|step| is_first = step.give(response));
        if !is_first {
            fail("this response was given already; `then` begins the next one");
        }
        given
    }

    fn change_step(self, change: impl FnOnce(&mut Step)) -> Self {
        self.change_last(|entry| {
            if let Some(step) = entry.steps.last_mut() {
                change(step);
            }
        })
    }

    fn change_last(self, change: impl FnOnce(&mut Entry)) -> Self {
        let last = self.entries.last().copied().unwrap_or_default();
        if let Some(entry) = self.shared.state().entries.get_mut(last) {
            change(entry);
        }
        self
    }

    fn change_all(self, change: impl Fn(&mut Entry)) -> Self {
        let mut state = self.shared.state();
        for entry in &self.entries {
            if let Some(entry) = state.entries.get_mut(*entry) {
                change(entry);
            }
        }
        drop(state);
        self
    }
}

impl<P: Page + Respond> Expectation<'_, P> {
    /// Responds with the pages of a list, and expects a call for each: the request of a page is the one that [`Page::next`] of the page
    /// before makes. It sees what the mock responds with: status 200 and the headers of [`Respond`].
    ///
    /// A list whose next page is in a header, such as `Link`, is expected page by page:
    /// `expect(list.all()).respond(&page).header("link", …)`.
    ///
    /// # Panics
    /// If `pages` is empty, if a page before the last says that it is the last, or if the response was given already.
    #[track_caller]
    pub fn pages(mut self, pages: impl IntoIterator<Item = P>) -> Self {
        let place = Location::caller();
        let mut pages = pages.into_iter();
        let Some(mut page) = pages.next() else { fail("a list has at least one page") };
        for next in pages {
            self = self.respond(&page).page_after(&page, place);
            page = next;
        }
        self.respond(&page)
    }

    /// Expects the request of the page after this one.
    #[track_caller]
    fn page_after(mut self, page: &P, place: &'static Location<'static>) -> Self {
        let Some(description) = &self.described else { return self };
        let parts = &description.parts;
        let head = P::response(page).map(|response| Head {
            status: response.status(),
            headers: response.headers().clone(),
            attempts: 1,
            site: parts.0.site.clone(),
            witness: Witness::default(),
        });
        let following = head.and_then(|head| following(parts, page, &head));
        let next = match following {
            Ok(Some(parts)) => description.with_parts(parts),
            Ok(None) => {
                fail("a page after the last can never be requested: the page before says that it is the last")
            }
            Err(error) => fail(&format!("the next page can never be requested: {error}")),
        };
        let request = match next.request() {
            Ok(request) => request,
            Err(why) => fail(&format!("the next page can never be requested: {why}")),
        };
        let mut state = self.shared.state();
        let before = self.entries.last().and_then(|before| state.entries.get(*before));
        let Some(before) = before else { return self };
        let Expected { any_query, any_arguments, .. } = before.expected.clone();
        let expected = Expected { any_query, any_arguments, ..Expected::new(request) };
        let entry = Entry::new(expected, before.times, place);
        self.entries.push(state.entries.len());
        state.entries.push(entry);
        drop(state);
        self.described = Some(next);
        self
    }
}

impl<T> std::fmt::Debug for Expectation<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expectation").field("described", &self.described).finish_non_exhaustive()
    }
}

#[track_caller]
fn status_code(status: u16) -> StatusCode {
    match StatusCode::from_u16(status) {
        Ok(status) => status,
        Err(_) => fail(&format!("{status} is not a status of HTTP")),
    }
}
