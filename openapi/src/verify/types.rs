//! Declared types, as far as their text tells what they are.

use crate::schema::{Schema, Type};

/// What the text of a type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    Text,
    Integer,
    Float,
    Boolean,
    /// A type by its name: only a hook tells more.
    Named,
}

/// The text without references, lifetimes and blanks: `Option<NewKey>` for `Option<&'a NewKey<'_>>`.
pub(super) fn normal(ty: &str) -> String {
    let mut out = String::new();
    let mut letters =
        ty.replace("mut ", "").replace("dyn ", "").into_bytes().into_iter().map(char::from).peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '&' | ' ' => {}
            '\'' => {
                while letters.next_if(|next| next.is_alphanumeric() || *next == '_').is_some() {}
                letters.next_if_eq(&',');
            }
            other => out.push(other),
        }
    }
    out.replace("<>", "")
}

/// The name and the argument of `Name<Argument>`; the path in front of the name is left out.
pub(super) fn wrapped(ty: &str) -> Option<(&str, &str)> {
    let (name, rest) = ty.split_once('<')?;
    let argument = rest.strip_suffix('>')?;
    Some((name.rsplit("::").next().unwrap_or(name), first_argument(argument)))
}

/// The first of several type arguments.
fn first_argument(arguments: &str) -> &str {
    let mut depth = 0_usize;
    for (at, letter) in arguments.char_indices() {
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return arguments.get(..at).unwrap_or(arguments),
            _ => {}
        }
    }
    arguments
}

/// The type behind `Option`, and whether there was one.
pub(super) fn optional(ty: &str) -> (String, bool) {
    let ty = normal(ty);
    match wrapped(&ty) {
        Some(("Option", inner)) => (inner.to_owned(), true),
        _ => (ty, false),
    }
}

/// The type of the items, if the text is a list.
pub(super) fn list(ty: &str) -> Option<String> {
    let ty = normal(ty);
    if let Some(inner) = ty.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return Some(inner.split(';').next().unwrap_or(inner).to_owned());
    }
    match wrapped(&ty) {
        Some(("Vec" | "BTreeSet" | "HashSet" | "VecDeque", inner)) => Some(inner.to_owned()),
        Some(("Cow" | "Box" | "Arc", inner)) => list(inner),
        _ => None,
    }
}

fn declared(ty: &str) -> Declared {
    let ty = normal(ty);
    let ty = match wrapped(&ty) {
        Some(("Cow" | "Box" | "Arc" | "Rc", inner)) => inner.to_owned(),
        _ => ty,
    };
    match ty.rsplit("::").next().unwrap_or(&ty) {
        "str" | "String" | "char" | "Secret" | "implAsRef<str>" | "implInto<String>" => Declared::Text,
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => {
            Declared::Integer
        }
        "f32" | "f64" => Declared::Float,
        "bool" => Declared::Boolean,
        name if name.starts_with("NonZero") => Declared::Integer,
        _ => Declared::Named,
    }
}

/// Whether a value of the declared type can be what the schema says; `None` if the name does not tell.
pub(super) fn fits(ty: &str, schema: &Schema<'_>) -> Option<bool> {
    if schema.types.is_empty() || !schema.unions.is_empty() {
        return None;
    }
    let allows = |wanted: &[Type]| schema.types.iter().any(|found| wanted.contains(found));
    if let Some(item) = list(ty) {
        return if allows(&[Type::Array]) { item_fits(&item, schema) } else { Some(false) };
    }
    Some(match declared(ty) {
        // A text can hold what has a text of its own, such as a 64-bit integer written as a string; not a list.
        Declared::Text => allows(&[Type::String]),
        Declared::Integer => {
            allows(&[Type::Integer]) || (allows(&[Type::Number]) && schema.format.is_empty())
        }
        Declared::Float => allows(&[Type::Number, Type::Integer]),
        Declared::Boolean => allows(&[Type::Boolean]),
        Declared::Named => return None,
    })
}

fn item_fits(item: &str, _: &Schema<'_>) -> Option<bool> {
    // The items are compared by the caller, who can read their schema.
    (declared(item) != Declared::Named).then_some(true)
}

/// What a document says of a value, in words.
pub(super) fn words(schema: &Schema<'_>) -> String {
    let names: Vec<&str> = schema
        .types
        .iter()
        .map(|found| match found {
            Type::Null => "null",
            Type::Boolean => "boolean",
            Type::Integer => "integer",
            Type::Number => "number",
            Type::String => "string",
            Type::Array => "array",
            Type::Object => "object",
        })
        .collect();
    if names.is_empty() { "any value".to_owned() } else { names.join(" or ") }
}

/// A Rust type for what a document says.
pub(super) fn suggestion(schema: &Schema<'_>) -> &'static str {
    match schema.types.as_slice() {
        [Type::Boolean] => "bool",
        [Type::Integer] => "i64",
        [Type::Number] => "f64",
        [Type::Array] => "&[…]",
        [Type::Object] => "a struct",
        _ => "&str",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_type_is_normal() {
        for (ty, expected) in [
            ("& NewKey < '_ >", "NewKey"),
            ("&'a [&'a str]", "[str]"),
            ("Option<&'a str>", "Option<str>"),
            ("Vec<Foo<'a, T>>", "Vec<Foo<T>>"),
        ] {
            assert_eq!(normal(ty), expected);
        }
        assert_eq!(optional("Option<&[u8]>"), ("[u8]".to_owned(), true));
        assert_eq!(list("&[&str]").as_deref(), Some("str"));
        assert_eq!(wrapped("declarest::Call<Map<A,B>,E>"), Some(("Call", "Map<A,B>")));
    }
}
