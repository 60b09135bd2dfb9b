//! One function under test in five ways, and what each prints if the function is wrong: the text of `runtime/TESTING.md`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::wildcard_imports,
    unreachable_pub
)]

use std::sync::{Arc, Mutex};

use axum::extract::Path;
use axum::{Json, Router, routing};
use declarest::testing::{Cassette, Fault, Mock};
use declarest::{Call, Client, Error, api};
use mockall::automock;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const PAGE: &str = include_str!("../../../runtime/TESTING.md");
const WAYS: &str = include_str!("ways.rs");
const MAIN: &str = include_str!("main.rs");

#[derive(Clone, Serialize, Deserialize)]
struct Key {
    id: String,
    name: String,
}

#[api]
#[automock]
trait Keys {
    #[get("/keys/{id}")]
    fn get(&self, id: &str) -> Call<Key>;
    #[post("/keys/{id}")]
    fn rename(&self, id: &str, #[field] name: &str) -> Call<()>;
}

/// Adds "(old)" to the name of a key.
async fn mark_as_old(keys: &impl Keys, id: &str) -> Result<(), Error> {
    let key = keys.get(id).await?;
    keys.rename(id, &format!("{} (old)", key.name)).await
}

mod right {
    use super::*;
    include!("ways.rs");
}

mod wrong {
    use super::*;
    include!("ways.rs");

    /// With a mistake.
    async fn mark_as_old(keys: &impl Keys, id: &str) -> Result<(), Error> {
        let key = keys.get(id).await?;
        keys.rename(id, &format!("{} (odl)", key.name)).await
    }
}

/// Runs a test, and returns what it prints if it panics.
fn outcome(test: impl Future<Output = ()>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let run = std::panic::AssertUnwindSafe(|| runtime.block_on(test));
    std::panic::catch_unwind(run).map_err(|panic| match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast_ref::<&str>().unwrap().to_string(),
    })
}

/// A way as a test of its own.
fn source(name: &str) -> String {
    let start = WAYS.find(&format!("async fn {name}(")).unwrap();
    let length = WAYS[start..].find("\n}\n").unwrap() + 3;
    format!("#[tokio::test]\n{}", &WAYS[start..start + length])
}

/// Each test passes if the function is right, and the page shows it, and what it prints if the function is wrong.
macro_rules! ways {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(outcome(right::$name()), Ok(()));
            let code = source(stringify!($name));
            assert!(PAGE.contains(&format!("```rust,ignore\n{code}```")), "the page shows another code");
            let text = outcome(wrong::$name()).unwrap_err();
            // How long it took is another time each time.
            let text = match text.split_once(" in ").and_then(|(_, rest)| rest.split_once(" ms")) {
                Some((time, _)) => text.replace(&format!(" in {time} ms"), " in 0 ms"),
                None => text,
            };
            assert!(PAGE.contains(&format!("```text\n{text}\n```")), "the page shows another text:\n{text}");
        }
    )*};
}

ways! { a_fake a_mock a_router a_cassette a_mockall_mock }

#[test]
fn the_page_shows_the_function_under_test() {
    let start = MAIN.find("#[api]\n").unwrap();
    let end = MAIN.find("mod right").unwrap();
    assert!(PAGE.contains(&MAIN[start..end].trim().replace("pub ", "")), "the page shows another function");
}
