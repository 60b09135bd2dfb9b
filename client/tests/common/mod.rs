//! Every operation as a call, with what is needed only and with everything that it takes.
//!
//! The value of each path argument is its own name, so that a path without its braces is the one that is sent.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::too_many_lines,
    clippy::type_complexity
)]

pub mod cases;
pub mod enums;
pub mod mutations;
pub mod samples;
pub mod source;

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

use declarest::{Endpoint, Nest, Page};
use openai_admin::{Admin, Call, Error, Pages};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The operations that the published document does not describe, and their names; `!` marks what is required. The others are
/// verified against the document itself: tests/openapi.rs.
pub const NEWER: &str = include_str!("../newer.tsv");

/// One endpoint as it is declared, with the nests that lead to it.
pub struct Declaration {
    /// Its method and whole template.
    pub key: String,
    pub endpoint: Endpoint,
    pub nests: Vec<Nest>,
}

/// Every endpoint, through all nests.
pub fn declared() -> Vec<Declaration> {
    let mut found = Vec::new();
    collect(&[], Admin::ENDPOINTS, Admin::NESTS, &mut found);
    found
}

fn collect(above: &[Nest], endpoints: &[Endpoint], below: &[Nest], found: &mut Vec<Declaration>) {
    let prefix: String = above.iter().map(|nest| nest.template).collect();
    for endpoint in endpoints {
        let key = format!("{} {prefix}{}", endpoint.method, endpoint.template);
        found.push(Declaration { key, endpoint: *endpoint, nests: above.to_vec() });
    }
    for nest in below {
        collect(&[above, &[*nest]].concat(), (nest.endpoints)(), (nest.nests)(), found);
    }
}

/// One line of [`NEWER`].
pub struct Operation {
    pub key: &'static str,
    pub query: Vec<Name>,
    pub body: Vec<Name>,
}

/// The name of a parameter.
pub struct Name {
    pub text: &'static str,
    pub required: bool,
}

/// The operations that the document does not describe.
pub fn newer() -> Vec<Operation> {
    let name = |name: &'static str| Name { text: name.trim_end_matches('!'), required: name.ends_with('!') };
    let names = |list: &'static str| list.split(',').filter(|name| !name.is_empty()).map(name).collect();
    let operation = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [key, query, body] => Operation { key, query: names(query), body: names(body) },
        _ => panic!("not three columns: {line}"),
    };
    NEWER.lines().skip(1).map(operation).collect()
}

/// How much of what an operation takes is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Given {
    Required,
    All,
}

/// Adds what is optional, if all is to be given.
pub fn with<T>(given: Given, base: T, more: impl FnOnce(T) -> T) -> T {
    if given == Given::All { more(base) } else { base }
}

/// One operation as a call.
pub struct Case {
    pub key: &'static str,
    pub make: Box<dyn Fn(&Admin, Given) -> Made>,
    /// Reads an answer; gives the fields that no type reads.
    pub read: fn(&Value) -> Result<BTreeSet<String>, String>,
    pub paged: bool,
}

/// A call that was made.
pub struct Made {
    pub curl: String,
    pub run: Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>,
}

pub fn case<R: Declared + 'static>(key: &'static str, make: impl Fn(&Admin, Given) -> R + 'static) -> Case {
    Case {
        key,
        make: Box::new(move |admin, given| make(admin, given).made()),
        read: R::read,
        paged: R::PAGED,
    }
}

/// What an endpoint returns.
pub trait Declared {
    const PAGED: bool;
    fn made(self) -> Made;
    fn read(answer: &Value) -> Result<BTreeSet<String>, String>;
}

impl<T: DeserializeOwned + Send + 'static> Declared for Call<T> {
    const PAGED: bool = false;

    fn made(self) -> Made {
        Made { curl: self.to_curl(), run: Box::pin(async { self.await.map(drop) }) }
    }

    fn read(answer: &Value) -> Result<BTreeSet<String>, String> {
        read::<T>(answer)
    }
}

impl<P: Page + DeserializeOwned + 'static> Declared for Pages<P> {
    const PAGED: bool = true;

    fn made(self) -> Made {
        Made { curl: self.to_curl(), run: Box::pin(async { self.await.map(drop) }) }
    }

    fn read(answer: &Value) -> Result<BTreeSet<String>, String> {
        read::<P>(answer)
    }
}

fn read<T: DeserializeOwned>(answer: &Value) -> Result<BTreeSet<String>, String> {
    let mut ignored = BTreeSet::new();
    serde_ignored::deserialize::<_, _, T>(answer, |path| {
        ignored.insert(path.to_string());
    })
    .map(|_| ignored)
    .map_err(|error| error.to_string())
}

/// What a curl command says is sent: method, path, names in the query, members of the body.
#[derive(Debug)]
pub struct Wire {
    pub method: String,
    pub path: String,
    pub query: BTreeSet<String>,
    pub body: BTreeSet<String>,
}

pub fn wire(curl: &str, base: &str) -> Wire {
    let mut words = curl.split_whitespace();
    let method = words.nth(2).unwrap().to_owned();
    let url = words.next().unwrap().trim_matches('\'').strip_prefix(base).unwrap_or_else(|| panic!("{curl}"));
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let names = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split('=').next().unwrap());
    let query = names.map(|name| name.replace("%5B", "[").replace("%5D", "]")).collect();
    let body = curl.split_once("--data-raw '").map_or_else(BTreeSet::new, |(_, data)| {
        let members: Value = serde_json::from_str(data.trim_end().trim_end_matches('\'')).unwrap();
        members.as_object().unwrap().keys().cloned().collect()
    });
    Wire { method, path: path.to_owned(), query, body }
}
