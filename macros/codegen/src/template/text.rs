//! What helps to read a template: the words in it, and how it is shown.

use std::ops::Range;

use syn::ext::IdentExt;

use super::Placeholder;

/// The place of the first such character that is not within a placeholder.
pub(super) fn outside_braces(text: &str, wanted: char) -> Option<usize> {
    let mut at = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if letter == wanted {
            return Some(at);
        }
        let length = if letter == '{' { text.get(at..).and_then(closed) } else { None };
        at += length.unwrap_or(letter.len_utf8());
    }
    None
}

/// The length of the braces at the beginning of the text, those in them included; `None` if they are never closed.
pub(super) fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth <= 1 => return Some(at + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The text with a line of carets under a place in it, each line indented.
pub(crate) fn underlined(text: &str, at: &Range<usize>) -> String {
    let shown = |range: Range<usize>| text.get(range).map(visible).unwrap_or_default();
    let before = shown(0..at.start).chars().count();
    let carets = shown(at.clone()).chars().count().max(1);
    format!("    {}\n    {}{}", visible(text), " ".repeat(before), "^".repeat(carets))
}

/// The text with escapes for what would break the line.
fn visible(text: &str) -> String {
    let shown = text.chars().map(|letter| {
        if letter.is_control() { letter.escape_debug().to_string() } else { letter.to_string() }
    });
    shown.collect()
}

/// The path with `x` for each byte of a placeholder, whatever stands in the braces.
pub(super) fn masked(path: &str, placeholders: &[Placeholder]) -> String {
    let mut masked = path.to_owned();
    for Placeholder { at, .. } in placeholders {
        masked.replace_range(at.clone(), &"x".repeat(at.len()));
    }
    masked
}

/// `name` where `<name>` stands in the path, as other libraries write a placeholder.
pub(super) fn bracketed(path: &str, at: usize) -> Option<&str> {
    let (name, _) = path.get(at + 1..)?.split_once('>')?;
    is_identifier(name).then_some(name)
}

/// What the author of a constant name means: percent-decoded, `+` as a blank.
pub(super) fn decoded(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.bytes().next() {
        let digits =
            rest.get(1..3).filter(|_| first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(digits.unwrap_or(if first == b'+' { b' ' } else { first }));
        let length = if digits.is_some() { 3 } else { 1 };
        let Some(next) = rest.get(length..) else { return name.to_owned() };
        rest = next;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// Whether an argument can have this name, `r#` apart: exactly an identifier, or a keyword that `r#` makes one.
pub(super) fn is_identifier(name: &str) -> bool {
    // The reader of tokens skips blanks and comments, so the text is looked at first, letter by letter.
    let letters = name.chars().all(|letter| letter == '_' || letter.is_alphanumeric());
    letters && syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok_and(|ident| ident.unraw() == name)
}

/// The text without white space and comments.
pub(super) fn uncommented(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else {
            if !letter.is_whitespace() {
                plain.push(letter);
            }
            letter.len_utf8()
        };
        rest = rest.get(skipped..).unwrap_or_default();
    }
    plain
}
