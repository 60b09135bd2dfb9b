//! A text that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The most repetitions that are written.
const MAX_REPEATED: u32 = 64;

/// The first text that a pattern matches; `None` for what only ECMAScript knows, such as a look-ahead.
pub(super) fn text(pattern: &str) -> Option<String> {
    let parsed = regex_syntax::ParserBuilder::new().build().parse(pattern).ok()?;
    let mut text = String::new();
    write(&parsed, &mut text)?;
    Some(text)
}

fn write(part: &Hir, text: &mut String) -> Option<()> {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(()),
        HirKind::Literal(literal) => {
            text.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
        }
        HirKind::Class(class) => {
            text.push(letter(class)?);
            Some(())
        }
        HirKind::Repetition(repeated) => {
            (0..repeated.min.min(MAX_REPEATED)).try_for_each(|_| write(&repeated.sub, text))
        }
        HirKind::Capture(capture) => write(&capture.sub, text),
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, text)),
        HirKind::Alternation(parts) => write(parts.first()?, text),
    }
}

/// A letter or digit of a class, or whatever it begins with.
fn letter(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let holds = |letter: char| ranges.iter().any(|(start, end)| (*start..=*end).contains(&letter));
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').find(|letter| holds(*letter));
    plain.or_else(|| ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_gives_a_text_that_it_matches() {
        for (pattern, expected) in [
            ("^[a-z]{3}-[0-9]{2}$", Some("aaa-00")),
            ("^(AC|IS)[0-9a-fA-F]{2}$", Some("ACaa")),
            (r"^\d+(\.\d+)?$", Some("0")),
            (".*", Some("")),
            ("(?=a)a", None),
        ] {
            assert_eq!(text(pattern).as_deref(), expected, "{pattern}");
        }
    }
}
