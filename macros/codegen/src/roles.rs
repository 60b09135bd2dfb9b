//! The roles of arguments: one table. A new role is a row here, and a rule in `check::arguments::shapes` if its type needs
//! one that no other role has.

use std::fmt::{self, Display, Formatter};

pub(crate) use crate::content::{Body, Encoding};
use crate::names::{self, ALLOW_EMPTY, CONTENT_TYPE, ENCODED, FILE_NAME, Key, LISTS, OBJECTS};

/// What the value of an argument becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Segment,
    Rest,
    Query,
    QueryFlag,
    QueryJson,
    QueryFlatten,
    Header,
    HeaderFlatten,
    Cookie,
    Json,
    Form,
    Body,
    Field,
    FormField,
    Part,
    PartJson,
    PartFlatten,
    Url,
    Extension,
}

/// One role.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    /// What it is called in attributes.
    pub(crate) attribute: &'static str,
    /// What chooses it among the roles of its attribute.
    pub(crate) chosen: Chosen,
    /// Whether the attribute says a name.
    pub(crate) name: Name,
    /// The keys that its attribute takes.
    pub(crate) keys: &'static [Key],
    /// What the type of its value must be.
    pub(crate) value: Value,
    /// How it takes part in the body.
    pub(crate) body: Option<Body>,
    /// The keys without a value that change how it is written. Each adds `_key` to the name of the writer, in this order.
    pub(crate) variants: &'static [&'static str],
    /// The function of the runtime's `RequestParts` that writes it.
    pub(crate) writer: &'static str,
    /// What the writer takes in front of the value.
    pub(crate) takes: &'static [Extra],
    /// Whether the writer takes the value itself, rather than a reference to it.
    pub(crate) by_value: bool,
    /// The variant of the runtime's `Role`.
    pub(crate) metadata: &'static str,
}

/// What chooses a role among those of its attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// Nothing: it is the plain one.
    Plainly,
    /// A key without a value: `flatten`.
    By(&'static str),
    /// The placeholder, which is `{name..}`.
    ByRest,
    /// The endpoint, which says `encoding = "form"`.
    ByForm,
}

/// The name in an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    /// There is none.
    Never,
    /// The value brings its own names.
    InValue,
    /// That of the argument, unless the attribute says another.
    OfArgument,
    /// The attribute says it.
    Required,
}

/// What a writer takes in front of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extra {
    /// The name of the argument, for errors.
    Argument,
    /// The name on the wire.
    Wire,
    /// How a list is written.
    Lists,
    /// How lists and objects are written.
    Nested,
    /// What a part says beside its value.
    Part,
}

/// What can be told of a value by its type alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text in the path: always there.
    InPath,
    /// A text, perhaps left out, perhaps a list.
    Texts,
    /// The names of flags.
    Flags,
    /// Something with names in it, which spread into pairs.
    Pairs,
    /// What serde serializes, or headers.
    Serialized,
    /// What is sent after the method has returned.
    Sent,
    /// A URL.
    Url,
    /// What is kept for layers.
    Kept,
}

/// What most roles have in common.
const PLAIN: Row = Row {
    kind: Kind::Segment,
    attribute: "",
    chosen: Chosen::Plainly,
    name: Name::Never,
    keys: &[],
    value: Value::Serialized,
    body: None,
    variants: &[],
    writer: "",
    takes: &[],
    by_value: false,
    metadata: "",
};

/// The table.
pub(crate) const ROLES: &[Row] = &[
    Row {
        kind: Kind::Segment,
        attribute: "segment",
        name: Name::OfArgument,
        value: Value::InPath,
        variants: &[ENCODED],
        writer: "segment",
        takes: &[Extra::Argument],
        metadata: "Segment",
        ..PLAIN
    },
    Row {
        kind: Kind::Rest,
        attribute: "segment",
        chosen: Chosen::ByRest,
        name: Name::OfArgument,
        value: Value::InPath,
        variants: &[ENCODED, ALLOW_EMPTY],
        writer: "rest",
        takes: &[Extra::Argument],
        metadata: "Rest",
        ..PLAIN
    },
    Row {
        kind: Kind::Query,
        attribute: "query",
        name: Name::OfArgument,
        keys: &[LISTS],
        value: Value::Texts,
        variants: &[ENCODED],
        writer: "query",
        takes: &[Extra::Wire, Extra::Lists],
        metadata: "Query",
        ..PLAIN
    },
    Row {
        kind: Kind::QueryFlag,
        attribute: "query",
        chosen: Chosen::By("flag"),
        name: Name::InValue,
        value: Value::Flags,
        variants: &[ENCODED],
        writer: "query_flag",
        metadata: "QueryFlag",
        ..PLAIN
    },
    Row {
        kind: Kind::QueryJson,
        attribute: "query",
        chosen: Chosen::By("json"),
        name: Name::OfArgument,
        writer: "query_json",
        takes: &[Extra::Wire],
        metadata: "QueryJson",
        ..PLAIN
    },
    Row {
        kind: Kind::QueryFlatten,
        attribute: "query",
        chosen: Chosen::By("flatten"),
        name: Name::InValue,
        keys: &[LISTS, OBJECTS],
        value: Value::Pairs,
        writer: "flatten",
        takes: &[Extra::Nested],
        metadata: "QueryFlatten",
        ..PLAIN
    },
    Row {
        kind: Kind::Header,
        attribute: "header",
        name: Name::Required,
        value: Value::Texts,
        writer: "header",
        takes: &[Extra::Wire],
        metadata: "Header",
        ..PLAIN
    },
    Row {
        kind: Kind::HeaderFlatten,
        attribute: "header",
        chosen: Chosen::By("flatten"),
        name: Name::InValue,
        writer: "headers",
        metadata: "HeaderFlatten",
        ..PLAIN
    },
    Row {
        kind: Kind::Cookie,
        attribute: "cookie",
        name: Name::OfArgument,
        value: Value::Texts,
        writer: "cookie",
        takes: &[Extra::Wire],
        metadata: "Cookie",
        ..PLAIN
    },
    Row {
        kind: Kind::Json,
        attribute: "json",
        body: Some(Body::Whole(Some(Encoding::Json))),
        writer: "json",
        metadata: "Json",
        ..PLAIN
    },
    Row {
        kind: Kind::Form,
        attribute: "form",
        keys: &[LISTS, OBJECTS],
        value: Value::Pairs,
        body: Some(Body::Whole(Some(Encoding::Form))),
        writer: "form",
        takes: &[Extra::Nested],
        metadata: "Form",
        ..PLAIN
    },
    Row {
        kind: Kind::Body,
        attribute: "body",
        keys: &[CONTENT_TYPE],
        value: Value::Sent,
        body: Some(Body::Whole(None)),
        writer: "body",
        by_value: true,
        metadata: "Body",
        ..PLAIN
    },
    Row {
        kind: Kind::Field,
        attribute: "field",
        name: Name::OfArgument,
        body: Some(Body::Piece(Encoding::Json)),
        writer: "field",
        takes: &[Extra::Wire],
        metadata: "Field",
        ..PLAIN
    },
    Row {
        kind: Kind::FormField,
        attribute: "field",
        chosen: Chosen::ByForm,
        name: Name::OfArgument,
        keys: &[LISTS],
        value: Value::Texts,
        body: Some(Body::Piece(Encoding::Form)),
        writer: "form_field",
        takes: &[Extra::Wire, Extra::Lists],
        metadata: "Field",
        ..PLAIN
    },
    Row {
        kind: Kind::Part,
        attribute: "part",
        name: Name::OfArgument,
        keys: &[CONTENT_TYPE, FILE_NAME],
        value: Value::Sent,
        body: Some(Body::Piece(Encoding::Multipart)),
        writer: "part",
        takes: &[Extra::Wire, Extra::Part],
        by_value: true,
        metadata: "Part",
        ..PLAIN
    },
    Row {
        kind: Kind::PartJson,
        attribute: "part",
        chosen: Chosen::By("json"),
        name: Name::OfArgument,
        keys: &[CONTENT_TYPE, FILE_NAME],
        body: Some(Body::Piece(Encoding::Multipart)),
        writer: "part_json",
        takes: &[Extra::Wire, Extra::Part],
        metadata: "Part",
        ..PLAIN
    },
    Row {
        kind: Kind::PartFlatten,
        attribute: "part",
        chosen: Chosen::By("flatten"),
        name: Name::InValue,
        value: Value::Sent,
        body: Some(Body::Piece(Encoding::Multipart)),
        writer: "part_flatten",
        by_value: true,
        metadata: "PartFlatten",
        ..PLAIN
    },
    Row { kind: Kind::Url, attribute: "url", value: Value::Url, writer: "url", metadata: "Url", ..PLAIN },
    Row {
        kind: Kind::Extension,
        attribute: "extension",
        value: Value::Kept,
        writer: "extension",
        by_value: true,
        metadata: "Extension",
        ..PLAIN
    },
];

impl Kind {
    /// The row of the role.
    pub(crate) fn row(self) -> &'static Row {
        ROLES.iter().find(|row| row.kind == self).unwrap_or(&PLAIN)
    }
}

impl Row {
    /// The keys that its attribute takes beside the one that chooses it.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> {
        let variants = self.variants.iter().map(|key| (*key, *key));
        self.keys.iter().copied().chain(variants)
    }

    /// Whether its attribute takes this key.
    pub(crate) fn takes_key(&self, key: &str) -> bool {
        self.keys().any(|(known, _)| known == key) || self.chosen_by() == Some(key)
    }

    /// The key that chooses it, if one does.
    pub(crate) fn chosen_by(&self) -> Option<&'static str> {
        match self.chosen {
            Chosen::By(key) => Some(key),
            _ => None,
        }
    }
}

/// As it is written, without a name and other keys.
impl Display for Row {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.chosen_by() {
            Some(key) => write!(f, "#[{}({key})]", self.attribute),
            None => write!(f, "#[{}]", self.attribute),
        }
    }
}

/// The attributes that give an argument its role, each once.
pub(crate) fn attributes() -> impl Iterator<Item = &'static str> + Clone {
    let plain = |row: &&Row| row.chosen == Chosen::Plainly;
    ROLES.iter().filter(plain).map(|row| row.attribute)
}

/// The roles of an attribute.
pub(crate) fn of(attribute: &str) -> impl Iterator<Item = &'static Row> + Clone {
    ROLES.iter().filter(move |row| row.attribute == attribute)
}

/// Whether an attribute of that name is a verb, a nest or a role.
pub(crate) fn is_ours(name: &str) -> bool {
    name == names::NEST || names::VERBS.contains(&name) || is_role(name)
}

/// Whether an attribute of that name is a role.
pub(crate) fn is_role(name: &str) -> bool {
    attributes().any(|attribute| attribute == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The attributes in the table of the language: `query` with `flatten`, `lists`, ….
    fn documented() -> BTreeSet<(String, BTreeSet<String>)> {
        let text = include_str!("../../LANGUAGE.md");
        let (_, section) = text.split_once("# On an argument").unwrap();
        let table = section
            .lines()
            .skip_while(|line| !line.starts_with('|'))
            .take_while(|line| line.starts_with('|'));
        let cells = table.filter_map(|line| line.split('|').nth(1));
        let attributes = cells.flat_map(|cell| cell.split('`').filter(|code| code.starts_with("#[")));
        attributes
            .map(|code| {
                let inner = code.trim_start_matches("#[").trim_end_matches(']');
                let (attribute, list) = inner.split_once('(').unwrap_or((inner, ""));
                let keys = list.trim_end_matches(')').split(", ").filter(|part| !part.is_empty());
                let key = |part: &str| part.split(" = ").next().unwrap_or_default().to_owned();
                (attribute.to_owned(), keys.map(key).collect())
            })
            .collect()
    }

    #[test]
    fn the_language_documents_the_table() {
        let documented = documented();
        for row in ROLES {
            let named = matches!(row.name, Name::OfArgument | Name::Required);
            let known = documented.iter().any(|(attribute, keys)| {
                let chosen = row.chosen_by().is_none_or(|key| keys.contains(key));
                let all = row.keys().all(|(key, _)| keys.contains(key));
                attribute == row.attribute
                    && chosen
                    && all
                    && named == keys.iter().any(|key| key.starts_with('"'))
            });
            assert!(known, "LANGUAGE.md does not show {row:?}");
        }
        for (attribute, keys) in documented {
            for key in keys.iter().filter(|key| !key.starts_with('"')) {
                let known = of(&attribute).any(|row| row.takes_key(key));
                assert!(known, "LANGUAGE.md shows `{key}` of `#[{attribute}]`");
            }
            assert!(is_role(&attribute), "LANGUAGE.md shows `#[{attribute}]`");
        }
    }

    #[test]
    fn each_kind_has_its_row() {
        for row in ROLES {
            assert_eq!(row.kind.row().writer, row.writer);
            assert!(of(row.attribute).any(|first| first.chosen == Chosen::Plainly));
        }
    }
}
