//! Members of structs, read from the sources: what is sent is declared there and nowhere else.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// The sources of the crate.
fn sources() -> impl Iterator<Item = &'static str> {
    static SOURCES: OnceLock<Vec<String>> = OnceLock::new();
    SOURCES
        .get_or_init(|| read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))))
        .iter()
        .map(String::as_str)
}

/// Every file below a folder.
fn read(folder: &Path) -> Vec<String> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| if path.is_dir() { read(&path) } else { vec![fs::read_to_string(&path).unwrap()] })
        .collect()
}

/// A member of a struct: its name on the wire, its type, what is said of it.
pub struct Member {
    pub name: String,
    pub ty: String,
    pub note: String,
}

impl Member {
    /// Whether it can be left out.
    pub fn is_optional(&self) -> bool {
        ["Option<", "Vec<", "FieldUpdate<"].iter().any(|start| self.ty.starts_with(start))
    }
}

/// The members of a struct that is sent, from its source.
pub fn members(ty: &str) -> Vec<Member> {
    let ty = ty.trim_start_matches('&');
    let body = |opening: &str| {
        sources()
            .find_map(|source| source.split_once(opening))
            .map(|(_, rest)| rest.split("\n}").next().unwrap())
    };
    if let Some(body) = body(&format!("pub struct {ty} {{\n")) {
        return plain_members(body);
    }
    let body = body(&format!("    {ty} by ")).unwrap_or_else(|| panic!("no source of {ty}"));
    usage_members(body)
}

/// The values of an enum, from its source: each variant's `rename`, or what the docs name last.
pub fn values(name: &str) -> Vec<String> {
    let opening = format!("pub enum {name} {{\n");
    let body = sources().find_map(|source| source.split_once(&opening)).map(|(_, rest)| rest).unwrap();
    let (mut found, mut documented, mut renamed) = (Vec::new(), None, None);
    for line in body.split("\n}").next().unwrap().lines().map(str::trim) {
        if line.starts_with("///") {
            documented = line.rsplit('`').nth(1).map(str::to_owned);
        } else if line.starts_with("#[serde(rename = ") {
            renamed = line.split('"').nth(1).map(str::to_owned);
        } else if line.starts_with(char::is_uppercase) && line.ends_with(',') && !line.contains('(') {
            found.push(renamed.take().or(documented.take()).unwrap_or_else(|| panic!("no text of {line}")));
        }
    }
    found
}

fn plain_members(body: &str) -> Vec<Member> {
    let (mut found, mut note, mut name) = (Vec::new(), String::new(), None);
    for line in body.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            note = format!("{note} {text}").trim().to_owned();
        } else if line.starts_with("#[serde(rename = ") || line.starts_with("#[query(\"") {
            name = line.split('"').nth(1).map(str::to_owned);
        } else if let Some((field, ty)) = line.strip_prefix("pub ").and_then(|line| line.split_once(": ")) {
            let name = name.take().unwrap_or_else(|| field.to_owned());
            found.push(Member {
                name,
                ty: ty.trim_end_matches(',').to_owned(),
                note: std::mem::take(&mut note),
            });
        }
    }
    found
}

/// The members of a `usage_query!`: what all have, and the filters of this one.
fn usage_members(body: &str) -> Vec<Member> {
    let member =
        |name: &str, ty: &str, note: &str| Member { name: name.into(), ty: ty.into(), note: note.into() };
    let (group, rest) = body.split_once(", ").unwrap();
    let (head, filters) = rest.split_once(";\n").unwrap_or((rest, ""));
    let head: Vec<&str> = head.split('"').collect();
    let mut found = vec![
        member("start_time", "Timestamp", "Where the first span begins."),
        member(
            "end_time",
            "Option<Timestamp>",
            "Where the last span ends; this second is not part of it. Without it: now.",
        ),
        member("bucket_width", "Option<BucketWidth>", head[1]),
    ];
    for filter in filters.lines().map(str::trim) {
        let (name, rest) = filter.split_once(" [").unwrap();
        let (ty, note) = rest.split_once("] ").unwrap().1.split_once(", \"").unwrap();
        found.push(member(name, ty, note.trim_end_matches("\";")));
    }
    found.push(member(
        "group_by",
        &format!("Vec<{group}>"),
        "One result for each of these, in place of one in all.",
    ));
    found.push(member("limit", "Option<u32>", head[3]));
    found.push(member("page", "Option<String>", "The `next_page` of the page before."));
    found
}
