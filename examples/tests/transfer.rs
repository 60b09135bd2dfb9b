//! Progress bars, as a terminal shows them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::{Arc, Mutex};

use declarest::testing::Mock;
use declarest::{Backoff, File};
use declarest_examples::transfer::{Bar, Storage, StorageClient, embedded, run};
use indicatif::{InMemoryTerm, ProgressDrawTarget};

const README: &str = include_str!("../README.md");

/// A file of 256 KiB, which is read in four chunks.
fn file() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report");
    std::fs::write(&path, vec![7_u8; 256 << 10]).unwrap();
    (folder, path)
}

fn target(terminal: &InMemoryTerm) -> ProgressDrawTarget {
    ProgressDrawTarget::term_like(Box::new(terminal.clone()))
}

#[tokio::test]
async fn the_terminal_is_the_one_in_the_readme() {
    let (_folder, path) = file();
    // In the middle of the upload.
    let terminal = InMemoryTerm::new(10, 80);
    let bar = Bar::new("upload", target(&terminal)).unwrap();
    let (report, middle) = (bar.reporter(), Arc::new(Mutex::new(String::new())));
    let (screen, shown) = (terminal.clone(), middle.clone());
    let file = File::new(&path).on_progress(move |progress| {
        report(progress);
        if progress.done == 128 << 10 {
            *shown.lock().unwrap() = screen.contents();
        }
    });
    embedded().unwrap().upload("report", file).await.unwrap();
    // At the end of both.
    let terminal = InMemoryTerm::new(10, 80);
    let copy = path.with_file_name("copy");
    run(&embedded().unwrap(), &path, &copy, || target(&terminal)).await.unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), std::fs::read(path).unwrap());
    let text = format!("{}\n\n{}\n", middle.lock().unwrap(), terminal.contents());
    assert!(README.contains(&format!("```text\n{text}```")), "{text}");
}

#[tokio::test]
async fn each_attempt_begins_again_and_says_its_length() {
    let (_folder, path) = file();
    let mock = Mock::new();
    let storage = StorageClient::new(mock.builder().backoff(Backoff::none()).build().unwrap());
    mock.expect(storage.upload("report", File::new(&path))).respond_status(503).then().respond_status(204);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let file = File::new(&path).on_progress(move |progress| {
        assert_eq!(progress.total, Some(256 << 10));
        log.lock().unwrap().push(progress.done >> 10);
    });
    storage.upload("report", file).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), [0, 64, 128, 192, 256, 0, 64, 128, 192, 256]);
}
