//! The fuzz targets in the normal suite: over the corpus, where every found case is kept, and over bytes made from it.
#![allow(clippy::unwrap_used, clippy::panic)]

pub mod fuzz;

use std::path::Path;

use fuzz::TARGETS;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};

/// The inputs kept for a target, by name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut inputs: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    inputs.sort();
    inputs
}

#[test]
fn every_input_of_the_corpus_keeps_the_promises() {
    for (name, target) in TARGETS {
        let inputs = corpus(name);
        assert!(inputs.len() >= 5, "{name} has a corpus");
        for (path, input) in inputs {
            println!("{path}");
            target(&input);
        }
    }
}

#[test]
fn every_corpus_has_its_target_and_its_fuzzer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut kept: Vec<_> = std::fs::read_dir(folder.join("corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    kept.sort();
    let names: Vec<_> = TARGETS.iter().map(|target| target.0.to_owned()).collect();
    assert_eq!(kept, names);
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for name in names {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} has no fuzzer");
    }
}

/// Bytes of no shape, and inputs of the corpus with a piece of another in their middle: the pieces of a format in an
/// order that nobody thought of.
#[test]
fn what_nobody_wrote_keeps_the_promises() {
    for (name, target) in TARGETS {
        let inputs: Vec<Vec<u8>> = corpus(name).into_iter().map(|(_, input)| input).collect();
        let one = || (prop::sample::select(inputs.clone()), any::<prop::sample::Index>());
        let spliced = (one(), one()).prop_map(|((mut input, at), (other, from))| {
            let (at, from) = (at.index(input.len() + 1), from.index(other.len() + 1));
            let rest = input.split_off(at);
            input.extend(other.get(from..).unwrap_or_default());
            input.extend(rest);
            input
        });
        let input = prop_oneof![prop::collection::vec(any::<u8>(), 0..200), spliced];
        let persistence = Some(Box::new(FileFailurePersistence::Off) as Box<_>);
        let config = Config { cases: 300, failure_persistence: persistence, ..Config::default() };
        TestRunner::new(config)
            .run(&input, |input| {
                target(&input);
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// What streams are made of.
const PIECES: &[(&str, &[&[u8]])] = &[
    (
        "events",
        &[
            b"data",
            b"event",
            b"id",
            b"retry",
            b"x",
            b":",
            b" ",
            b"\n",
            b"\r",
            b"\r\n",
            b"\n\n",
            b"\r\r",
            b"7",
            b"\0",
            b"\xEF\xBB\xBF",
            b"\xEF\xBB",
            b"\xC3",
            b"\xC3\x9F",
            b"\xF0\x9F\x98\x80",
            b"data: a\n",
            b"id: 1\n\n",
        ],
    ),
    (
        "json_lines",
        &[
            b"1",
            b"-",
            b"[",
            b"]",
            b"{",
            b"}",
            b"\"",
            b":",
            b",",
            b"null",
            b"e",
            b".",
            b" ",
            b"\n",
            b"\r",
            b"\r\n",
            b"\\",
            b"\xEF\xBB\xBF",
            b"\xC3",
            b"\xC3\x9F",
            b"[1]\n",
            b"{\"a\":1}\r\n",
        ],
    ),
];

/// Streams of these pieces in any order, in chunks of any size: from one byte to three, so that each piece is split at
/// each of its bytes.
#[test]
fn streams_read_as_their_standard_says_however_they_are_split() {
    for (name, pieces) in PIECES {
        let (_, target) = TARGETS.iter().find(|target| target.0 == *name).unwrap();
        let sizes = prop::collection::vec(0..4_u8, 3);
        let body = prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40);
        let input = (sizes, body).prop_map(|(sizes, body)| [sizes, body.concat()].concat());
        let persistence = Some(Box::new(FileFailurePersistence::Off) as Box<_>);
        let config = Config { cases: 500, failure_persistence: persistence, ..Config::default() };
        TestRunner::new(config)
            .run(&input, |input| {
                target(&input);
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
