//! References to files beside the document.
//!
//! Each file is read once and kept below [`FILES`] in the document, and the references to it are rewritten, so that
//! everything else knows local references only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::Problem;
use super::pointer;
use super::text;

/// Where the files are kept.
pub(super) const FILES: &str = "x-declarest-files";

/// Reads the files that `root` refers to, and those that they refer to.
pub(super) fn bundle(root: &mut Value, path: &Path, problems: &mut Vec<Problem>) {
    let mut bundle = Bundle {
        keys: BTreeMap::from([(normal(path), String::new())]),
        waiting: Vec::new(),
        read: Map::new(),
        problems,
    };
    bundle.rewrite(root, path, &mut String::new());
    while let Some((key, file)) = bundle.waiting.pop() {
        bundle.add(&key, &file);
    }
    let read = bundle.read;
    if let (Some(root), false) = (root.as_object_mut(), read.is_empty()) {
        root.insert(FILES.to_owned(), Value::Object(read));
    }
}

struct Bundle<'a> {
    /// The pointer under which a file is kept.
    keys: BTreeMap<PathBuf, String>,
    waiting: Vec<(String, PathBuf)>,
    read: Map<String, Value>,
    problems: &'a mut Vec<Problem>,
}

impl Bundle<'_> {
    fn add(&mut self, key: &str, file: &Path) {
        let read = std::fs::read_to_string(file).map_err(|error| error.to_string());
        match read.and_then(|text| text::parse(&text)) {
            Ok(mut value) => {
                let mut at = pointer::child(&pointer::child("", FILES), key);
                self.rewrite(&mut value, file, &mut at);
                self.read.insert(key.to_owned(), value);
            }
            Err(reason) => self.problems.push(Problem {
                pointer: String::new(),
                message: format!("the file `{}` cannot be read: {reason}", file.display()),
            }),
        }
    }

    /// Makes each reference in `value`, which stands in `file` at `at`, a local one.
    fn rewrite(&mut self, value: &mut Value, file: &Path, at: &mut String) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get_mut("$ref") {
                    *reference = self.local(reference, file, at);
                }
                let is_schemas = at.ends_with("/properties") || at.ends_with("/schemas");
                for (name, member) in members {
                    // What stands in an example is data of the API.
                    if !is_schemas && matches!(name.as_str(), "example" | "examples" | "default" | "enum") {
                        continue;
                    }
                    let length = at.len();
                    *at = pointer::child(at, name);
                    self.rewrite(member, file, at);
                    at.truncate(length);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.rewrite(item, file, at)),
            _ => {}
        }
    }

    fn local(&mut self, reference: &str, file: &Path, at: &str) -> String {
        let (target, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if target.contains("://") {
            self.problems.push(Problem {
                pointer: at.to_owned(),
                message: format!("`{reference}` is at another host: only files beside the document are read"),
            });
            return reference.to_owned();
        }
        let target = if target.is_empty() {
            file.to_owned()
        } else {
            file.parent().unwrap_or(Path::new("")).join(target)
        };
        format!("#{}{fragment}", self.key(&normal(&target)))
    }

    fn key(&mut self, file: &Path) -> String {
        if let Some(key) = self.keys.get(file) {
            return key.clone();
        }
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let taken =
            |key: &String| self.waiting.iter().any(|(other, _)| other == key) || self.read.contains_key(key);
        let mut key = name.clone();
        let mut number = 2;
        while taken(&key) {
            key = format!("{name}-{number}");
            number += 1;
        }
        let at = pointer::child(&pointer::child("", FILES), &key);
        self.keys.insert(file.to_owned(), at.clone());
        self.waiting.push((key, file.to_owned()));
        at
    }
}

/// The path without `.` and `..`, so that one file has one name.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}
