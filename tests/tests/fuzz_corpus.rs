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
