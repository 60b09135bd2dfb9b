//! Files that cannot be replayed.

use declarest::ErrorKind;
use declarest::testing::{Cassette, Mock, RecordMode};

use super::*;

const LINE: &str =
    r#"{"n":1,"endpoint":"","request":{"method":"GET","url":"/keys/a"},"response":{"status":200}}"#;

/// What the first call of a test prints.
async fn error_of(text: &str) -> String {
    let folder = Folder::new();
    write(&folder.file(), text);
    let (_network, vault) = replaying(&folder);
    let error = vault.get("a", &[]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error:?}");
    let report = error.report().to_string();
    report.split_once("because: ").unwrap().1.lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn a_damaged_file_names_the_line() {
    for (text, place, why) in [
        ("", ":1: ", "the file is empty"),
        ("hello\n", ":1: ", "the line is damaged: expected value at line 1 column 1"),
        ("{\"cassette\":2}\n", ":1: ", "version 2, but this declarest reads version 1"),
        (&format!("{{\"cassette\":1}}\n{LINE}\n{{}}\n"), ":3: ", "the line is damaged: missing field `n`"),
        (&format!("{{\"cassette\":1}}\n{LINE}\n{}", LINE.split_at(40).0), ":3: ", "the line breaks off"),
        (&format!("{{\"cassette\":1}}\n{}\n", LINE.replace("200", "99")), ":2: ", "99 is not a status"),
        (&format!("{{\"cassette\":1}}\n{}\n", LINE.replace("url", "uri")), ":2: ", "unknown field `uri`"),
    ] {
        let error = error_of(text).await;
        assert!(error.contains(&format!("keys.jsonl{place}")) && error.contains(why), "{error}");
    }
}

#[tokio::test]
async fn settings_that_cannot_be_fail_each_call() {
    for (cassette, why) in [
        (Cassette::open("never.jsonl").redact("value"), "`value` is not a JSON pointer"),
        (Cassette::open("never.jsonl").header("a b"), "`a b` is not the name of a header"),
        (Cassette::open("never.jsonl").mode(RecordMode::Replay), "never.jsonl cannot be replayed"),
    ] {
        let mock = Mock::new();
        let error = VaultClient::new(client(mock.builder(), &cassette)).rotate("a").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(format!("{error:?}").contains(why), "{error:?}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_fails_the_next_call() {
    let folder = Folder::new();
    let mock = Mock::new();
    let vault = recording(&mock, &folder);
    mock.stub(vault.rotate("a"));
    // The folder of the file is a file.
    std::fs::write(folder.file().parent().unwrap(), "").unwrap();
    vault.rotate("a").await.unwrap();
    let error = vault.rotate("a").await.unwrap_err();
    assert!(format!("{error:?}").contains("request 1 (Vault::rotate) could not be recorded"), "{error:?}");
}
