//! Reads a path literal and keeps where each piece stands.

mod placeholder;
mod text;

use std::ops::Range;

pub(crate) use text::underlined;
use text::{bracketed, closed, decoded, masked, outside_braces};

/// A path with placeholders and a constant query.
#[derive(Debug, Default, Clone)]
pub(crate) struct Template {
    /// The path without the query, as it was written.
    pub(crate) path: String,
    /// The literal text around the placeholders; one more than there are placeholders.
    pub(crate) pieces: Vec<String>,
    /// The placeholders, in their order.
    pub(crate) placeholders: Vec<Placeholder>,
    /// The constant query, percent-encoded, without its `?`.
    pub(crate) query: String,
    /// Whether something is wrong with its placeholders, so that nobody can say which argument fills which.
    pub(crate) broken: bool,
    /// The names of the constant query and where their pairs stand.
    pub(crate) pairs: Vec<(String, Range<usize>)>,
}

/// `{name}` or `{name..}`.
#[derive(Debug, Clone)]
pub(crate) struct Placeholder {
    /// The name, without braces and dots; where they hold something else, the name that was probably meant.
    pub(crate) name: String,
    /// Whether the braces hold a name and nothing else.
    pub(crate) is_valid: bool,
    /// Whether it takes several segments.
    pub(crate) rest: bool,
    /// Where it stands, the braces included.
    pub(crate) at: Range<usize>,
}

/// A mistake within a path literal.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The bytes it is about.
    pub(crate) at: Range<usize>,
    /// What is wrong.
    pub(crate) wrong: String,
    /// What to write instead.
    pub(crate) help: String,
}

/// Reads a template; what is wrong is told, the rest is kept.
pub(crate) fn parse(text: &str) -> (Template, Vec<Problem>) {
    let mut reader = Reader { text, problems: Vec::new() };
    let end = outside_braces(text, '?').unwrap_or(text.len());
    let (path, query) = text.split_at_checked(end).unwrap_or((text, ""));
    let mut template = reader.path(path);
    if let Some(query) = query.strip_prefix('?') {
        reader.query(query, end + 1, &mut template);
    }
    template.broken = reader.problems.iter().any(|problem| of_placeholder(text, problem));
    if let Some(problem) = beginning(text) {
        // What is within it follows from it and is no mistake of its own.
        reader.problems.retain(|other| other.at.start >= problem.at.end);
        reader.problems.insert(0, problem);
    }
    (template, reader.problems)
}

/// Whether the mistake is one of a placeholder.
fn of_placeholder(text: &str, problem: &Problem) -> bool {
    text.get(problem.at.clone()).is_some_and(|wrong| wrong.contains(['{', '}', '<']))
}

/// A template is a path: it starts with one `/` and names no host. An empty one is the path so far: the base, the prefix
/// or the scope itself.
fn beginning(text: &str) -> Option<Problem> {
    let scheme = text
        .find("://")
        .filter(|at| text.get(..*at).is_some_and(|scheme| scheme.chars().all(char::is_alphanumeric)));
    if let Some(at) = scheme {
        let host_end =
            text.get(at + 3..).and_then(|rest| rest.find('/')).map_or(text.len(), |slash| at + 3 + slash);
        let path = text.get(host_end..).filter(|path| !path.is_empty()).unwrap_or("/");
        return Some(Problem {
            at: 0..host_end,
            wrong: "a path contains no scheme and no host".into(),
            help: format!("write `\"{path}\"`; the host is the client's base URL, or `#[api(base = \"…\")]`"),
        });
    }
    if text.starts_with("//") {
        return Some(Problem {
            at: 0..2,
            wrong: "a path contains no host, and `//` at its beginning would start one".into(),
            help: format!("write `\"/{}\"`; the host is the client's base URL", text.trim_start_matches('/')),
        });
    }
    let start = text.chars().next();
    start.filter(|start| !matches!(start, '/' | '?')).map(|start| Problem {
        at: 0..start.len_utf8(),
        wrong: "a path starts with `/`".into(),
        help: format!("write `\"/{}\"`", text.trim_start_matches('\\')),
    })
}

struct Reader<'a> {
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn wrong(&mut self, at: Range<usize>, wrong: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem { at, wrong: wrong.into(), help: help.into() });
    }

    fn path(&mut self, path: &str) -> Template {
        let mut template =
            Template { path: path.to_owned(), pieces: vec![String::new()], ..Template::default() };
        let mut at = 0;
        while let Some(letter) = path.get(at..).and_then(|rest| rest.chars().next()) {
            let angled = bracketed(path, at).filter(|_| letter == '<');
            at = match (letter, angled) {
                ('{', _) => self.opened(path, at, &mut template),
                ('}', _) => {
                    let help = "open the placeholder with `{`, or write `%7D` for the character";
                    self.wrong(at..at + 1, "this `}` closes nothing", help);
                    at + 1
                }
                (_, Some(name)) => {
                    let end = at + name.len() + 2;
                    self.wrong(
                        at..end,
                        format!("`<{name}>` is not a placeholder"),
                        format!("write `{{{name}}}`"),
                    );
                    end
                }
                _ => {
                    self.letter(at, letter, "path");
                    if let Some(piece) = template.pieces.last_mut() {
                        piece.push(letter);
                    }
                    at + letter.len_utf8()
                }
            };
        }
        self.segments(&masked(path, &template.placeholders));
        template
    }

    /// A `{` begins a placeholder, up to the `}` that closes it. Returns where it ends.
    fn opened(&mut self, path: &str, at: usize, template: &mut Template) -> usize {
        let Some(length) = path.get(at..).and_then(closed) else {
            let help = "close the placeholder with `}`, or write `%7B` for the character";
            self.wrong(at..at + 1, "this `{` is never closed", help);
            return at + 1;
        };
        self.placeholder(path, at..at + length, template);
        at + length
    }

    /// A placeholder is a name that stands once in the path; one at most is a `{rest..}`.
    fn placeholder(&mut self, path: &str, at: Range<usize>, template: &mut Template) {
        let inner = path.get(at.start + 1..at.end - 1).unwrap_or_default();
        let read = placeholder::read(inner);
        let (name, rest) = match &read {
            Ok((name, rest)) => ((*name).to_owned(), *rest),
            Err(wrong) => (wrong.name.clone().unwrap_or_default(), false),
        };
        let first_rest = template.placeholders.iter().find(|placeholder| placeholder.rest);
        if let Err(placeholder::Wrong { wrong, help, .. }) = &read {
            self.wrong(at.clone(), wrong, help);
        } else if template.placeholders.iter().any(|placeholder| placeholder.name == name) {
            self.wrong(
                at.clone(),
                format!("the placeholder `{{{name}}}` is used twice in the path"),
                "give each place its own name and argument",
            );
        } else if let (true, Some(first)) = (rest, first_rest) {
            self.wrong(
                at.clone(),
                format!(
                    "`{{{}..}}` takes several segments already, and nothing could tell where it ends",
                    first.name
                ),
                format!("write `{{{name}}}` for one segment"),
            );
        }
        template.placeholders.push(Placeholder { name, is_valid: read.is_ok(), rest, at });
        template.pieces.push(String::new());
    }

    /// What is not allowed in a URI (RFC 3986, 3.3 and 3.4) is percent-encoded by the author, so that it is seen.
    fn letter(&mut self, at: usize, letter: char, part: &str) {
        let here = at..at + letter.len_utf8();
        match letter {
            '\\' => self.wrong(
                here,
                format!("a backslash in a {part}"),
                "write `/` between segments, or `%5C` for the character",
            ),
            '\n' if self.text.get(..at).is_some_and(|before| before.ends_with('\r')) => {}
            '#' => {
                self.wrong(here, "a fragment is never sent", "remove it, or write `%23` for the character");
            }
            '%' if !self.is_percent_encoded(at) => {
                self.wrong(here, "a `%` without two hexadecimal digits", "write `%25` for the character");
            }
            _ if letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?%".contains(letter) => {}
            _ => {
                let mut bytes = [0; 4];
                let encoded: String =
                    letter.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect();
                let what = match letter {
                    ' ' => "a space".to_owned(),
                    '\r' | '\n' => "a line break".to_owned(),
                    _ if letter.is_control() => "a control character".to_owned(),
                    _ => format!("`{letter}`"),
                };
                self.wrong(
                    here,
                    format!("{what} in a {part} must be percent-encoded"),
                    format!("write `{encoded}`"),
                );
            }
        }
    }

    fn is_percent_encoded(&self, at: usize) -> bool {
        self.text
            .get(at + 1..at + 3)
            .is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    }

    /// No segment is empty, `.` or `..`, also not as `%2e`: servers and proxies would rewrite the path.
    fn segments(&mut self, path: &str) {
        let mut start = path.find('/').map_or(0, |slash| slash + 1);
        let count = path.split('/').count();
        for (index, segment) in path.split('/').enumerate().skip(1) {
            let at = start..start + segment.len();
            start = at.end + 1;
            let plain = segment.replace("%2e", ".").replace("%2E", ".");
            if segment.is_empty() && index + 1 < count {
                self.wrong(at.start - 1..at.start + 1, "`//` makes an empty segment", "write one `/`");
            } else if plain == "." || plain == ".." {
                self.wrong(
                    at,
                    format!("`{segment}` as a segment means another path"),
                    "write the path that is meant",
                );
            }
        }
    }

    /// What changes in a query is an argument.
    fn placeholders_of_query(&mut self, query: &str, offset: usize) -> bool {
        let mut start = 0;
        while let Some(open) = query.get(start..).and_then(|rest| rest.find('{')).map(|open| start + open) {
            let end = open + query.get(open..).and_then(closed).unwrap_or(query.len() - open);
            let inner = query.get(open + 1..end.saturating_sub(1)).unwrap_or_default();
            let name = match placeholder::read(inner) {
                Ok((name, _)) => name.to_owned(),
                Err(wrong) => wrong.name.unwrap_or_else(|| "name".to_owned()),
            };
            let pair =
                query.get(..open).and_then(|before| before.rsplit(['&', '?']).next()).unwrap_or_default();
            let role = match pair.strip_suffix('=') {
                Some(wire) if wire != name => format!("#[query(\"{wire}\")]"),
                _ => "#[query]".to_owned(),
            };
            let help = format!("remove `{pair}{{{inner}}}` here and write `{role} {name}: …` as an argument");
            self.wrong(offset + open..offset + end, "a placeholder in the query", help);
            start = end;
        }
        start > 0
    }

    /// A constant query is a list of pairs with names and without placeholders.
    fn query(&mut self, query: &str, offset: usize, template: &mut Template) {
        query.to_owned().clone_into(&mut template.query);
        if self.placeholders_of_query(query, offset) {
            return;
        }
        let mut start = offset;
        for pair in query.split('&') {
            let at = start..start + pair.len();
            start = at.end + 1;
            let name = pair.split('=').next().unwrap_or_default();
            if let Some(rest) = name.strip_prefix('?') {
                let at = at.start - 1..at.start + 1;
                self.wrong(
                    at,
                    "`??` begins the query twice",
                    format!("write `?{rest}`, or `%3F` for the character"),
                );
            } else if name.is_empty() {
                let at = if pair.is_empty() { at.start - 1..at.start } else { at };
                self.wrong(at, "a pair without a name in the query", "write `?name=value&other=value`");
            } else {
                template.pairs.push((decoded(name), at));
            }
        }
        for (at, letter) in query.char_indices() {
            self.letter(offset + at, letter, "query");
        }
    }
}
