//! The names of types, methods and traits.

use super::names::{Names, camel, singular, words};
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
