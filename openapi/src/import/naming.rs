//! The names of types, methods and traits.

use super::methods::is_preposition;
use super::names::{Names, camel, same_noun, words};
use super::types::{Def, Kind, Origin, Ty};
use super::{Config, convert::Types};

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

/// What the types of an operation are called after.
#[derive(Debug, Clone, Default)]
pub(super) struct Called {
    pub(super) types: Vec<String>,
    /// The words of its trait.
    pub(super) tag: Vec<String>,
}

/// The names of all types.
pub(super) struct TypeNames {
    /// By the index of the type; empty where it is not used.
    pub(super) names: Vec<String>,
    /// Those that the import chose before the configuration changed them.
    pub(super) chosen: Vec<String>,
}

pub(super) fn reserved() -> Names {
    Names::reserved(RESERVED)
}

/// A name for each type that is used, by its index.
pub(super) fn of_types(
    types: &Types<'_>,
    of_operation: &[Called],
    names: &mut Names,
    config: &Config,
) -> TypeNames {
    let mut before = Vec::new();
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
        // The name that it would have.
        let own = all.iter().find(|name| !names.has(name)).cloned();
        if let Some(new) = own.as_ref().and_then(|name| config.types.get(name)) {
            all.insert(0, new.clone());
        }
        before.extend(own);
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
    TypeNames { names: out, chosen: before }
}

fn candidates(
    types: &Types<'_>,
    def: &Def,
    chosen: &[Option<Vec<String>>],
    of_operation: &[Called],
) -> Vec<Vec<String>> {
    match &def.origin {
        Origin::Named(words) => vec![words.clone()],
        Origin::Operation { operation, words } => of_operations(def, *operation, words, of_operation),
        Origin::Member { of, words } => of_member(def, &name_of(types, *of, chosen), words),
    }
}

/// Names of a part of an operation, which other operations may have as well.
fn of_operations(def: &Def, operation: usize, words: &[String], of_operation: &[Called]) -> Vec<Vec<String>> {
    let named =
        |operation: usize| of_operation.get(operation).map(|own| own.types.clone()).unwrap_or_default();
    let tag = of_operation.get(operation).map_or(&[][..], |own| own.tag.as_slice());
    let long = [named(operation), words.to_vec()].concat();
    // Traits may have methods of one name.
    let longest = [tag, long.as_slice()].concat();
    let is_part = words.iter().all(|word| is_generic(word) || word == "other" || word == "event");
    if !is_part {
        // A parameter of several operations has its own name.
        let is_shared = !def.repeated.is_empty() || operation == usize::MAX;
        return if is_shared { vec![words.to_vec(), long, longest] } else { vec![long, longest] };
    }
    let others = def.repeated.iter().filter_map(|origin| match origin {
        Origin::Operation { operation, .. } => Some(named(*operation)),
        _ => None,
    });
    let others: Vec<Vec<String>> = others.collect();
    if others.is_empty() {
        return vec![long, longest];
    }
    let mut common = named(operation);
    common.retain(|word| others.iter().all(|other| other.iter().any(|more| same_noun(more, word))));
    while common.last().is_some_and(|word| is_preposition(word)) {
        common.pop();
    }
    let fields: Vec<Vec<String>> = match &def.kind {
        Kind::Struct(found) => found.fields.iter().map(|field| super::names::words(&field.wire)).collect(),
        _ => Vec::new(),
    };
    let is_list = common == ["list"];
    let mut all = Vec::new();
    let is_noun = |word: &String| !super::methods::is_verb(word) && !is_generic(word);
    if common.len() > 1 || is_list || common.iter().any(is_noun) {
        all.push([common, words.to_vec()].concat());
    }
    let (is_params, count) = (words == ["params"], fields.len());
    let says = |fields: &[Vec<String>]| !fields.iter().flatten().all(|word| is_generic(word));
    if is_params && is_paging(&fields) {
        all.push(["page".to_owned()].into_iter().chain(words.iter().cloned()).collect());
    }
    if (is_params && (1..4).contains(&count) || count == 1) && says(&fields) {
        let (paging, mut own): (Vec<_>, Vec<_>) =
            fields.into_iter().partition(|field| is_paging(std::slice::from_ref(field)));
        own.extend((!paging.is_empty()).then(|| vec!["page".to_owned()]));
        all.push([own.concat(), words.to_vec()].concat());
    }
    all.extend([long, longest]);
    all
}

/// Whether the names of a query only say which page is asked for.
fn is_paging(fields: &[Vec<String>]) -> bool {
    const PAGING: [&str; 20] = [
        "limit",
        "offset",
        "page",
        "per page",
        "page size",
        "page number",
        "page token",
        "size",
        "cursor",
        "after",
        "before",
        "starting after",
        "ending before",
        "skip",
        "order",
        "sort",
        "sort by",
        "sort order",
        "order by",
        "direction",
    ];
    !fields.is_empty() && fields.iter().all(|words| PAGING.contains(&words.join(" ").as_str()))
}

/// Names of what stands in another type: after that type, without what it is in general.
fn of_member(def: &Def, parent: &[String], words: &[String]) -> Vec<Vec<String>> {
    const WRAPPERS: [&str; 11] = [
        "response", "request", "params", "body", "object", "item", "payload", "input", "success", "schema",
        "dto",
    ];
    let generic = words.iter().all(|word| is_generic(word));
    let repeated = def.repeated.len();
    let mut all = Vec::new();
    // What tells the variants of one union apart says nothing elsewhere.
    let is_variant = words.iter().any(|word| ["with", "or", "variant", "keyword"].contains(&word.as_str()));
    if !generic && !is_variant && (repeated > 0 && words.len() > 1 || repeated > 2) {
        all.push(words.to_vec());
    }
    let mut core = parent;
    while let Some((last, rest)) = core.split_last()
        && rest.len() > 1
        && WRAPPERS.contains(&last.as_str())
    {
        core = rest;
    }
    let own = match words {
        [first, rest @ ..] if rest == ["item"] && ["data", "result"].contains(&first.as_str()) => rest,
        all => all,
    };
    if core.ends_with(own) {
        // `ImageFileObject` has an `image_file`.
        all.extend((core != parent).then(|| core.to_vec()));
        all.push([core, &super::names::words("details")].concat());
    }
    let short = joined(core, own);
    if short.len() > 5 && !generic {
        let is_start = |at: &usize| core.get(*at).is_some_and(|word| !is_preposition(word));
        let tail = (0..core.len().saturating_sub(1)).rev().find(is_start).unwrap_or(0);
        all.push(joined(core.get(tail..).unwrap_or_default(), own));
    }
    all.push(short);
    all.push([parent, words].concat());
    all
}

/// `album type` for `album` and `album type`: what both have is said once.
fn joined(first: &[String], second: &[String]) -> Vec<String> {
    let overlap = (1..second.len()).rev().find(|count| {
        second.get(..*count).is_some_and(|start| first.ends_with(start)) && *count <= first.len()
    });
    [first, second.get(overlap.unwrap_or(0)..).unwrap_or_default()].concat()
}

fn is_generic(word: &str) -> bool {
    GENERIC.contains(&word)
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
