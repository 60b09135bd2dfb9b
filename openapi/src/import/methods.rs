//! The names of methods.

use super::Config;
use super::ids::id_words;
use super::names::{plural, same_noun, singular, snake, words};
use crate::model::Operation;

/// Functions of a client, which a method must not hide.
const OWN: [&str; 6] = ["new", "clone", "builder", "client", "to_builder", "with_client"];
const PREPOSITIONS: [&str; 12] =
    ["for", "by", "in", "of", "to", "from", "with", "on", "at", "as", "into", "and"];
/// Words that begin a name as its verb.
pub(super) const VERBS: [&str; 78] = [
    "accept",
    "activate",
    "add",
    "approve",
    "archive",
    "assign",
    "attach",
    "build",
    "cancel",
    "check",
    "clone",
    "close",
    "complete",
    "confirm",
    "copy",
    "count",
    "create",
    "delete",
    "detach",
    "disable",
    "download",
    "enable",
    "export",
    "fetch",
    "find",
    "generate",
    "get",
    "import",
    "insert",
    "inspect",
    "invite",
    "join",
    "list",
    "lock",
    "merge",
    "modify",
    "move",
    "patch",
    "pause",
    "post",
    "publish",
    "put",
    "query",
    "read",
    "remove",
    "replace",
    "reset",
    "restore",
    "resume",
    "retrieve",
    "revoke",
    "run",
    "search",
    "send",
    "set",
    "start",
    "stop",
    "update",
    "upload",
    "view",
    "authorize",
    "block",
    "capture",
    "commit",
    "deploy",
    "link",
    "login",
    "logout",
    "ping",
    "preview",
    "refund",
    "reject",
    "render",
    "rotate",
    "subscribe",
    "sync",
    "transfer",
    "verify",
];

/// A name for a method, and the words that the operation's own types begin with.
pub(super) struct Candidate {
    pub(super) method: Vec<String>,
    pub(super) types: Vec<String>,
    /// Whether it is only taken if no other operation may have it: `list` for `list by endpoint`.
    pub(super) is_cut: bool,
}

/// Names for a method, the best one first.
pub(super) fn of_method(operation: &Operation<'_>, tag: &[String], config: &Config) -> Vec<Candidate> {
    let mut all = Candidates { tag, operation, all: Vec::new() };
    if let Some(name) = config.methods.get(&operation.title()) {
        all.plain(words(name));
    }
    const EXTENSIONS: [&str; 4] =
        ["x-fern-sdk-method-name", "x-speakeasy-name-override", "x-methodName", "x-operation-name"];
    if let Some(said) = EXTENSIONS.iter().find_map(|name| operation.members.get(*name)?.as_str()) {
        all.short(words(said));
    }
    let says_path = operation.id.is_some_and(|id| repeats_path(id, operation, tag)) || is_long(operation);
    if says_path {
        all.by_path(operation);
    }
    if let Some(id) = operation.id {
        all.by_id(id, operation);
    }
    if !says_path {
        all.by_path(operation);
    }
    all.plain([words(&operation.method), words(operation.path)].concat());
    let mut all = all.all;
    all.retain(|one| !one.method.is_empty() && !OWN.contains(&snake(&one.method).as_str()));
    all
}

/// Whether an operation's id is so long that the path says it better, where no other operation takes the name.
pub(super) fn is_long(operation: &Operation<'_>) -> bool {
    let short = |id: &str| without_condition(&without_path(id, operation), operation);
    operation.id.is_some_and(|id| short(id).len() > 6)
}

pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

struct Candidates<'t> {
    tag: &'t [String],
    operation: &'t Operation<'t>,
    all: Vec<Candidate>,
}

impl Candidates<'_> {
    /// A name as it is.
    fn plain(&mut self, name: Vec<String>) {
        self.all.push(Candidate { types: type_words(&name, self.tag), method: name, is_cut: false });
    }

    /// A name without what its trait says, then the whole name.
    fn short(&mut self, name: Vec<String>) {
        self.cut(&name, false);
        self.plain(name);
    }

    fn cut(&mut self, name: &[String], is_cut: bool) {
        let method = verb_first(&without_noun(name, self.tag), self.operation);
        let name = &verb_first(name, self.operation);
        let types =
            if method.len() > 1 && method != *name { name.clone() } else { type_words(&method, self.tag) };
        self.all.push(Candidate { method, types, is_cut });
    }

    /// A name without its condition, if it has one.
    fn without_condition(&mut self, name: &[String], operation: &Operation<'_>) {
        let short = without_condition(name, operation);
        if short != name {
            self.cut(&short, true);
        }
    }

    fn by_path(&mut self, operation: &Operation<'_>) {
        for name in by_path(operation) {
            self.short(name);
        }
    }

    fn by_id(&mut self, id: &str, operation: &Operation<'_>) {
        let pieces: Vec<&str> =
            id.split(['.', '/', '#', ':', '@']).filter(|piece| !words(piece).is_empty()).collect();
        if let (Some(last), true) = (pieces.last(), pieces.len() > 1) {
            let last = without_articles(&words(last));
            self.without_condition(&last, operation);
            self.short(last.clone());
            self.plain([words(pieces.get(pieces.len().wrapping_sub(2)).unwrap_or(&"")), last].concat());
        }
        let full = without_articles(&without_path(id, operation));
        self.without_condition(&full, operation);
        self.short(full);
        self.short(id_words(id, operation));
    }
}

/// All words of a path, those of its placeholders included.
fn path_words(operation: &Operation<'_>) -> Vec<String> {
    words(operation.path.split(['?', '#']).next().unwrap_or_default())
}

/// Whether an id is nothing but the method and the path: `GET_api_keys-api_key_id`, or `get_trips` for a list of trips.
fn repeats_path(id: &str, operation: &Operation<'_>, tag: &[String]) -> bool {
    let name = words(id);
    let Some((verb, rest)) = name.split_first() else { return false };
    let path = path_words(operation);
    let mut left = path.iter();
    let is_part = rest.iter().all(|word| left.any(|other| same_noun(other, word)));
    let is_end = rest.last().zip(path.last()).is_some_and(|(word, other)| same_noun(word, other));
    if !verb.eq_ignore_ascii_case(&operation.method) || !is_part || !is_end {
        return false;
    }
    let is_verb = ["get", "delete"].contains(&verb.as_str()) && !id.starts_with(&operation.method);
    let is_list = || by_path(operation).first().is_some_and(|name| without_noun(name, tag) == ["list"]);
    !is_verb || operation.path.ends_with('}') || is_list()
}

/// `read_item` for `read_item_items__item_id__get`, as FastAPI makes ids.
fn without_path(id: &str, operation: &Operation<'_>) -> Vec<String> {
    let name = id_words(id, operation);
    let method = operation.method.to_ascii_lowercase();
    let end = [path_words(operation), vec![method.clone()]].concat();
    match name.strip_suffix(end.as_slice()) {
        Some(short) if !short.is_empty() && id.ends_with(&format!("_{method}")) => short.to_vec(),
        _ => name,
    }
}

/// `get album tracks` for `get an albums tracks`.
fn without_articles(name: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut is_one = false;
    for (at, word) in name.iter().enumerate() {
        let is_last = at + 1 == name.len();
        if at > 0 && !is_last && ["a", "an", "the"].contains(&word.as_str()) {
            is_one = word != "the";
            continue;
        }
        // "An album's tracks", spelled without the apostrophe.
        let owns = is_one && name.get(at + 1).is_some_and(|next| !PREPOSITIONS.contains(&next.as_str()));
        all.extend(if owns { singular(std::slice::from_ref(word)) } else { vec![word.clone()] });
        is_one = false;
    }
    all
}

/// `get pet` for `get pet by id`: what the path asks for goes without saying.
fn without_condition(name: &[String], operation: &Operation<'_>) -> Vec<String> {
    let Some(at) = name.iter().rposition(|word| word == "by").filter(|at| *at > 0) else {
        return name.to_vec();
    };
    let (before, by) = name.split_at(at);
    let asked: Vec<String> = operation
        .path
        .split('{')
        .skip(1)
        .flat_map(|rest| words(rest.split('}').next().unwrap_or("")))
        .collect();
    let is_asked = |word: &String| asked.contains(word) || word == "id" && !asked.is_empty() || word == "and";
    if by.len() > 1 && by.iter().skip(1).all(is_asked) { before.to_vec() } else { name.to_vec() }
}

/// A name without what the trait's name says already.
fn without_noun(name: &[String], tag: &[String]) -> Vec<String> {
    let same = |one: &[String], other: &[String]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_noun(one, other))
    };
    let count = tag.len();
    let full = with_initials(name, tag);
    if count == 0 || full.len() <= count {
        return name.to_vec();
    }
    let (start, rest) = full.split_at(count);
    if same(start, tag) && (begins_with_verb(rest) || !begins_with_verb(&singular(tag))) {
        return rest.to_vec();
    }
    let is_quantity = |word: &String| ["all", "several", "multiple"].contains(&word.as_str());
    let verb = if full.get(1).is_some_and(is_quantity) { 2 } else { 1 };
    let (verb, nouns) = full.split_at(verb);
    let Some((noun, rest)) = nouns.split_at_checked(count).filter(|(noun, _)| same(noun, tag)) else {
        return name.to_vec();
    };
    // `album tracks` are tracks; `albums user` is not a user.
    let is_compound = singular(noun) == noun;
    let ends = rest.first().is_none_or(|word| PREPOSITIONS.contains(&word.as_str()));
    if is_compound || ends { [verb, rest].concat() } else { name.to_vec() }
}

/// `list admin keys` for `admin key list`, if that is what the HTTP method does.
fn verb_first(name: &[String], operation: &Operation<'_>) -> Vec<String> {
    let Some((verb, nouns)) = name.split_last().filter(|(_, nouns)| !nouns.is_empty()) else {
        return name.to_vec();
    };
    let http = operation.method.as_str();
    let fits = match verb.as_str() {
        "list" | "get" | "view" | "retrieve" => http == "GET",
        "create" | "add" => http == "POST" || http == "PUT",
        "update" => ["POST", "PUT", "PATCH"].contains(&http),
        "delete" | "remove" => http == "DELETE",
        _ => false,
    };
    let is_phrase = nouns.iter().any(|word| PREPOSITIONS.contains(&word.as_str()));
    if !fits || is_phrase || begins_with_verb(nouns) {
        return name.to_vec();
    }
    let nouns = match verb.as_str() {
        "list" => plural(nouns),
        "create" => singular(nouns),
        _ if operation.path.ends_with('}') => singular(nouns),
        _ => nouns.to_vec(),
    };
    [vec![verb.clone()], nouns].concat()
}

fn begins_with_verb(name: &[String]) -> bool {
    name.first().is_some_and(|word| VERBS.contains(&word.as_str()))
}

/// With the words of the tag in place of their initials: `slo` is `service level objective`.
fn with_initials(name: &[String], tag: &[String]) -> Vec<String> {
    let initials: String = tag.iter().filter_map(|word| word.chars().next()).collect();
    let expand = |word: &String| match tag.get(..word.len()) {
        Some(start) if word.len() > 2 && initials.starts_with(word.as_str()) => singular(start),
        _ => vec![word.clone()],
    };
    name.iter().flat_map(expand).collect()
}

/// `list_widgets` for `GET /widgets`, `create_widget` for `POST /widgets`, `get_widget` for `GET /widgets/{id}`; then the
/// same with the noun before it.
fn by_path(operation: &Operation<'_>) -> Vec<Vec<String>> {
    let path = operation.path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let by_id = segments.last().is_some_and(|last| last.ends_with('}'));
    // `/{id}:cancel` and `/{id}.json`.
    let fixed: Vec<Vec<String>> = segments
        .iter()
        .map(|segment| words(segment.rsplit([':', '}']).next().unwrap_or_default()))
        .filter(|words| !words.is_empty() && words.concat() != "json" && !is_version(words))
        .collect();
    let noun = fixed.last().cloned().unwrap_or_else(|| words("root"));
    let single = singular(&noun);
    let is_plural = single != noun;
    let verb = match operation.method.as_str() {
        "GET" if !by_id && is_plural => "list",
        "GET" => "get",
        "POST" if by_id => "update",
        "POST" if is_plural => "create",
        // An action: `POST /jobs/{id}/cancel`.
        "POST" if is_action(&noun) || segments.last().is_some_and(|last| last.contains(':')) => "",
        "POST" => "create",
        "PUT" => "replace",
        "PATCH" => "update",
        "DELETE" => "delete",
        "HEAD" => "has",
        _ => "options",
    };
    let noun = if verb == "list" { noun } else { single };
    let named = |nouns: Vec<String>| [words(verb), nouns].concat();
    let parent = fixed.len().checked_sub(2).and_then(|at| fixed.get(at)).map(|parent| singular(parent));
    let with_parent = parent.map(|parent| named([parent, noun.clone()].concat()));
    [vec![named(noun)], with_parent.into_iter().collect()].concat()
}

/// `v1`, `2.0`.
fn is_version(words: &[String]) -> bool {
    words.iter().all(|word| word.trim_start_matches('v').chars().all(|letter| letter.is_ascii_digit()))
}

/// Whether a segment is what is done, rather than what it is done with.
fn is_action(noun: &[String]) -> bool {
    const NOUNS: [&str; 8] =
        ["template", "certificate", "date", "state", "rate", "candidate", "delegate", "affiliate"];
    let looks = |word: &String| {
        ["ate", "ify", "ize", "ise"].iter().any(|end| word.ends_with(end)) && !NOUNS.contains(&word.as_str())
    };
    let prefixed = |word: &String| {
        ["un", "re", "de", "dis"]
            .iter()
            .any(|start| word.strip_prefix(start).is_some_and(|rest| VERBS.contains(&rest)))
    };
    begins_with_verb(noun) || noun.first().is_some_and(|word| looks(word) || prefixed(word))
}

/// What a type of an operation is called after: the method, with the noun that its trait says.
pub(super) fn type_words(method: &[String], tag: &[String]) -> Vec<String> {
    let Some((verb, rest)) = method.split_first() else { return tag.to_vec() };
    let says_noun = tag.last().is_none_or(|noun| rest.iter().any(|word| same_noun(word, noun)));
    if says_noun || rest.first().is_some_and(|word| !PREPOSITIONS.contains(&word.as_str())) {
        return method.to_vec();
    }
    let tag = if matches!(verb.as_str(), "list" | "search" | "find" | "all") {
        tag.to_vec()
    } else {
        singular(tag)
    };
    [vec![verb.clone()], tag, rest.to_vec()].concat()
}
