//! What each resource's documentation must have for people who come from the vendor's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

use std::fs;
use std::path::{Path, PathBuf};

/// Every source file.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// Each declared trait: its name, its doc comment, its body.
fn traits() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for path in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let source = fs::read_to_string(path).unwrap();
        for (start, _) in source.match_indices("\npub trait ") {
            let (before, rest) = (&source[..start], &source[start + "\npub trait ".len()..]);
            let attributed =
                before.lines().rev().take_while(|line| line.starts_with("///") || line.starts_with("#["));
            let docs: Vec<_> = attributed.collect();
            if docs.iter().any(|line| line.starts_with("#[api")) {
                let (name, _) = rest.split_once(':').unwrap();
                found.push((
                    name.to_owned(),
                    docs.join("\n"),
                    rest.split("\n}\n").next().unwrap().to_owned(),
                ));
            }
        }
    }
    found
}

/// Whether a trait has endpoints, not only nests.
fn has_endpoints(body: &str) -> bool {
    ["#[get(", "#[post(", "#[delete("].iter().any(|verb| body.contains(verb))
}

#[test]
fn every_resource_has_an_example_and_a_link_to_the_vendors_reference() {
    let all = traits();
    let resources: Vec<_> = all.iter().filter(|(_, _, body)| has_endpoints(body)).collect();
    assert!(resources.len() >= 28, "{}", resources.len());
    for (name, docs, _) in resources {
        let link = "[Reference of the API](https://developers.openai.com/api/reference/resources/admin/";
        assert!(
            docs.contains(link),
            "{name} has no link to the vendor's reference: add one to its doc comment"
        );
        assert!(docs.contains("declarest_examples::documented"), "{name} has no example that runs: add one");
    }
}

/// The official SDKs fetch with `retrieve`, and add and assign with `create`.
#[test]
fn verbs_of_the_official_sdk_lead_to_ours() {
    for (name, _, body) in traits() {
        for (verb, alias) in [
            ("get", "retrieve"),
            ("add", "create"),
            ("assign", "create"),
            ("remove", "delete"),
            ("unassign", "delete"),
            ("create_api_key", "api_keys.create"),
        ] {
            let Some(at) = body.find(&format!("    fn {verb}(&self")) else { continue };
            let above = body[..at].rsplit("\n\n").next().unwrap();
            assert!(
                above.contains(&format!("#[doc(alias = \"{alias}\")]")),
                "{name}::{verb} lacks the alias `{alias}`"
            );
        }
    }
}
