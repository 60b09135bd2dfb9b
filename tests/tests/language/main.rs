//! The language, declaration by declaration: what it accepts and what goes out on the wire.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod clients;
mod credentials;
mod docs;
mod grammar;
mod nests;
mod overloads;
mod pages;
mod returns;
mod roles;

use declarest::{Client, ClientBuilder};
use declarest_tests::{Recorder, Seen};

/// A client that records what it sends.
fn builder(recorder: &Recorder) -> ClientBuilder {
    Client::builder("http://localhost").transport(recorder.clone())
}

/// The one request that a call sends.
async fn sent<F: IntoFuture>(call: impl FnOnce(Client) -> F) -> (F::Output, Vec<Seen>) {
    let recorder = Recorder::answering("null");
    let output = call(builder(&recorder).build().unwrap()).await;
    (output, recorder.seen())
}
