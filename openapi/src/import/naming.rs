//! The names of types, methods and traits.

use super::names::{Names, camel, same_noun, singular, snake, words};
use super::types::{Def, Kind, Origin, Ty};
use super::{Config, convert::Types};
use crate::model::Operation;

/// Names of the prelude, of serde, and of our own aliases, which a type of the document must not hide.
const RESERVED: [&str; 44] = [
    "Option",
    "Vec",
    "String",
    "Box",
    "Some",
    "None",
    "Ok",
    "Err",
    "Result",
    "Default",
    "Debug",
    "Clone",
    "Send",
    "Sync",
    "Copy",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Into",
    "Iterator",
    "ToString",
    "ToOwned",
    "Eq",
    "PartialEq",
    "Ord",
    "PartialOrd",
    "Serialize",
    "Deserialize",
    "BTreeMap",
    "Self",
    "Sized",
    "Extend",
    "IntoIterator",
    "AsRef",
    "AsMut",
    "TryFrom",
    "TryInto",
    "Call",
    "Pages",
    "Error",
    "Listed",
    "DoubleEndedIterator",
];
/// Functions of a client, which a method must not hide.
const OWN: [&str; 6] = ["new", "clone", "builder", "client", "to_builder", "with_client"];
/// Words that say nothing without the type that they are a member of.
const GENERIC: [&str; 24] = [
    "data",
    "item",
    "items",
    "object",
    "value",
    "values",
    "type",
    "kind",
    "metadata",
    "meta",
    "attributes",
    "options",
    "config",
    "settings",
    "result",
    "results",
    "response",
    "request",
    "params",
    "details",
    "info",
    "content",
    "properties",
    "body",
];
const PREPOSITIONS: [&str; 12] =
    ["for", "by", "in", "of", "to", "from", "with", "on", "at", "as", "into", "and"];

pub(super) fn reserved() -> Names {
    Names::reserved(RESERVED)
}

/// A name for each type that is used, by its index.
pub(super) fn of_types(
    types: &Types<'_>,
    of_operation: &[Vec<String>],
    names: &mut Names,
    config: &Config,
) -> Vec<String> {
    let mut chosen: Vec<Option<Vec<String>>> = vec![None; types.defs.len()];
    let mut out = vec![String::new(); types.defs.len()];
    let used = |def: &Def| {
        (def.used.request || def.used.response) && !matches!(def.kind, Kind::Alias(_) | Kind::Pending)
    };
    let is_named = |def: &Def| matches!(def.origin, Origin::Named(_));
    let named = types.defs.iter().enumerate().filter(|(_, def)| used(def) && is_named(def));
    let inline = types.defs.iter().enumerate().filter(|(_, def)| used(def) && !is_named(def));
    for (id, def) in named.chain(inline) {
        let candidates = candidates(types, def, &chosen, of_operation);
        let mut all: Vec<String> = candidates.iter().map(|words| camel(words)).collect();
        if let Some(new) = all.first().and_then(|name| config.types.get(name)) {
            all.insert(0, new.clone());
        }
        // What is reserved keeps its meaning with a word behind it.
        all.extend(
            candidates
                .last()
                .map(|words| camel(words) + if words.concat() == "error" { "Body" } else { "Value" }),
        );
        let name = names.take(all);
        if let (Some(slot), Some(place)) = (out.get_mut(id), chosen.get_mut(id)) {
            *place = Some(words(&name));
            *slot = name;
        }
    }
    out
}

fn candidates(
    types: &Types<'_>,
    def: &Def,
    chosen: &[Option<Vec<String>>],
    of_operation: &[Vec<String>],
) -> Vec<Vec<String>> {
    match &def.origin {
        Origin::Named(words) => vec![words.clone()],
        Origin::Operation { operation, words } => {
            let own = of_operation.get(*operation).cloned().unwrap_or_default();
            let long = [own, words.clone()].concat();
            let generic = words
                .iter()
                .all(|word| GENERIC.contains(&word.as_str()) || word == "other" || word == "event");
            if generic || def.repeated == 0 && !own_is_empty(*operation) {
                vec![long]
            } else {
                vec![words.clone(), long]
            }
        }
        Origin::Member { of, words } => {
            let parent = name_of(types, *of, chosen);
            let generic = words.iter().all(|word| GENERIC.contains(&word.as_str()));
            let long = [parent.clone(), words.clone()].concat();
            let mut all = Vec::new();
            if def.repeated > 0 && !generic && words.len() > 1 || def.repeated > 2 && !generic {
                all.push(words.clone());
            }
            if long.len() > 5 {
                let last = parent.last().cloned().into_iter().collect::<Vec<_>>();
                all.push([singular(&last), words.clone()].concat());
            }
            all.push(long);
            all
        }
    }
}

fn own_is_empty(operation: usize) -> bool {
    operation == usize::MAX
}

/// The words of a type's name, or of the place that it was merged into.
fn name_of(types: &Types<'_>, mut id: usize, chosen: &[Option<Vec<String>>]) -> Vec<String> {
    for _ in 0..16 {
        if let Some(Some(words)) = chosen.get(id) {
            return words.clone();
        }
        match types.defs.get(id).map(|def| (&def.kind, &def.origin)) {
            Some((Kind::Alias(Ty::Def(next)), _)) => id = *next,
            Some((_, Origin::Named(words) | Origin::Operation { words, .. })) => return words.clone(),
            Some((_, Origin::Member { of, .. })) => id = *of,
            None => break,
        }
    }
    Vec::new()
}

/// Names for a method, the best one first.
pub(super) fn of_method(operation: &Operation<'_>, tag: &[String], config: &Config) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    if let Some(name) = config.methods.get(&operation.title()) {
        all.push(words(name));
    }
    const EXTENSIONS: [&str; 4] =
        ["x-fern-sdk-method-name", "x-speakeasy-name-override", "x-methodName", "x-operation-name"];
    let said = EXTENSIONS.iter().find_map(|name| operation.members.get(*name)?.as_str());
    all.extend(said.map(|name| without_noun(&words(name), tag)));
    let from_path = by_path(operation);
    // An id that repeats the path is not a name.
    if operation.id.is_some_and(|id| words(id).len() > 6) {
        all.push(without_noun(&from_path, tag));
        all.push(from_path.clone());
    }
    if let Some(id) = operation.id {
        let pieces: Vec<&str> =
            id.split(['.', '/', '#', ':', '@']).filter(|piece| !words(piece).is_empty()).collect();
        if let (Some(last), true) = (pieces.last(), pieces.len() > 1) {
            all.push(without_noun(&words(last), tag));
            all.push([words(pieces.get(pieces.len().wrapping_sub(2)).unwrap_or(&"")), words(last)].concat());
        }
        let full = words(id);
        all.push(without_noun(&full, tag));
        all.push(full);
    }
    all.push(without_noun(&from_path, tag));
    all.push(from_path);
    all.push([words(&operation.method), words(operation.path)].concat());
    all.retain(|words| !words.is_empty() && !OWN.contains(&snake(words).as_str()));
    all
}

/// A name without what the trait's name says already.
fn without_noun(name: &[String], tag: &[String]) -> Vec<String> {
    let same = |one: &[String], other: &[String]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_noun(one, other))
    };
    let count = tag.len();
    if count == 0 || name.len() <= count {
        return name.to_vec();
    }
    let (start, rest) = name.split_at(count);
    if same(start, tag) {
        return rest.to_vec();
    }
    let Some((verb, nouns)) = name.split_first() else { return name.to_vec() };
    if nouns.len() >= count {
        let (noun, rest) = nouns.split_at(count);
        let follows = rest.first().is_none_or(|word| PREPOSITIONS.contains(&word.as_str()));
        if same(noun, tag) && follows {
            return [vec![verb.clone()], rest.to_vec()].concat();
        }
    }
    name.to_vec()
}

/// `list_widgets` for `GET /widgets`, `create_widget` for `POST /widgets`, `get_widget` for `GET /widgets/{id}`.
fn by_path(operation: &Operation<'_>) -> Vec<String> {
    let path = operation.path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let is_placeholder = |segment: &&&str| segment.starts_with('{');
    let by_id = segments.last().is_some_and(|last| last.starts_with('{'));
    let noun = segments.iter().rev().find(|segment| !is_placeholder(segment)).copied().unwrap_or("root");
    // `/{id}:cancel` and `/{id}.json`.
    let custom = noun.split([':', '}']).next_back().unwrap_or(noun);
    let noun = words(if by_id { noun } else { custom });
    let single = singular(&noun);
    let is_plural = single != noun;
    let verb = match operation.method.as_str() {
        "GET" if !by_id && is_plural => "list",
        "GET" => "get",
        "POST" if by_id => "update",
        "POST" if is_plural => "create",
        // An action: `POST /jobs/{id}/cancel`.
        "POST" => return noun,
        "PUT" => "replace",
        "PATCH" => "update",
        "DELETE" => "delete",
        "HEAD" => "has",
        _ => "options",
    };
    let noun = if verb == "list" { noun } else { single };
    [vec![verb.to_owned()], noun].concat()
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

/// The words of an operation's tag; of the first segment of its path that says something if it has none.
pub(super) fn tag_of(operation: &Operation<'_>) -> Vec<String> {
    let tag = operation.tags.iter().map(|tag| words(tag)).find(|words| !words.is_empty());
    tag.unwrap_or_else(|| {
        let version = |segment: &str| {
            let rest = segment.trim_start_matches('v');
            segment.starts_with('v')
                && !rest.is_empty()
                && rest.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
        };
        let segments = operation
            .path
            .split(['/', ':'])
            .filter(|segment| !segment.is_empty() && !segment.starts_with('{'));
        let mut said =
            segments.filter(|segment| !version(segment) && *segment != "api" && *segment != "rest");
        let first = said.next().and_then(|segment| segment.split(['{', '?', '#']).next());
        let words = words(first.unwrap_or_default());
        if words.is_empty() { vec!["root".to_owned()] } else { words }
    })
}
