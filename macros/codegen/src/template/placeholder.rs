//! What stands in the braces of a placeholder: exactly a name, or a name and `..`. Everything else is told with what to
//! write for it: other libraries and URI templates (RFC 6570) have more there.

use super::text::{is_identifier, uncommented};

/// A placeholder that is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) wrong: String,
    pub(super) help: String,
    /// The name that was probably meant.
    pub(super) name: Option<String>,
}

impl Wrong {
    fn new(name: &str, wrong: impl Into<String>, help: impl Into<String>) -> Self {
        let name = Some(name.to_owned()).filter(|name| is_identifier(name));
        Self { wrong: wrong.into(), help: help.into(), name }
    }
}

/// The name in the braces, and whether it takes several segments.
pub(super) fn read(inner: &str) -> Result<(&str, bool), Wrong> {
    let (name, rest) = inner.strip_suffix("..").map_or((inner, false), |name| (name, true));
    if is_identifier(name) { Ok((name, rest)) } else { Err(wrong(inner, name)) }
}

fn wrong(inner: &str, name: &str) -> Wrong {
    let plain = uncommented(inner);
    if plain.is_empty() {
        return Wrong::new("", "this placeholder has no name", "write the name of an argument, `{id}`");
    }
    if plain != inner && is_identifier(plain.trim_end_matches('.')) {
        return Wrong::new(
            plain.trim_end_matches('.'),
            "a placeholder is the name of an argument, without spaces, comments or line breaks",
            format!("write `{{{plain}}}`"),
        );
    }
    if let Some(keyword) = name.strip_prefix("r#").filter(|name| is_identifier(name)) {
        let wrong = "a placeholder is the name of an argument without `r#`";
        return Wrong::new(keyword, wrong, format!("write `{{{keyword}}}`"));
    }
    of_a_uri_template(inner).or_else(|| decorated(inner)).unwrap_or_else(|| renamed(name))
}

/// The operators of RFC 6570.
fn of_a_uri_template(inner: &str) -> Option<Wrong> {
    let operator = inner.chars().next()?;
    let list = inner.get(operator.len_utf8()..)?;
    let names: Vec<&str> = list.split(',').map(|name| name.trim_end_matches('*')).collect();
    let first = *names.first().filter(|_| names.iter().all(|name| is_identifier(name)))?;
    let each = |write: fn(&str) -> String| names.iter().map(|name| write(name)).collect::<String>();
    let (wrong, help) = match operator {
        '?' | '&' => {
            let arguments: Vec<String> = names.iter().map(|name| format!("`#[query] {name}: …`")).collect();
            let help = format!("remove it here and write {} as an argument", arguments.join(" and "));
            return Some(Wrong::new(first, "the query is written by arguments", help));
        }
        '/' => ("a `/` stands in front of the braces", each(|name| format!("/{{{name}}}"))),
        '.' if !list.starts_with('.') => {
            ("a `.` stands in front of the braces", each(|name| format!(".{{{name}}}")))
        }
        ';' => ("a `;` stands in front of the braces", each(|name| format!(";{name}={{{name}}}"))),
        '+' => ("several segments are written with `..`", format!("{{{first}..}}")),
        '#' => return Some(Wrong::new(first, "a fragment is never sent", "remove it")),
        _ => return None,
    };
    Some(Wrong::new(first, wrong, format!("write `{help}`")))
}

/// A name with something around it.
fn decorated(inner: &str) -> Option<Wrong> {
    let before =
        |mark: char| inner.split_once(mark).map(|(name, _)| name.trim()).filter(|name| is_identifier(name));
    let wrong = |name: &str, wrong: &str| Some(Wrong::new(name, wrong, format!("write `{{{name}}}`")));
    if let Some(name) = before('=') {
        return wrong(name, "a placeholder has no default value");
    }
    if let Some(name) = before(':').or_else(|| before('<')) {
        return wrong(name, "a placeholder has no type and no pattern, which come from the argument");
    }
    let names: Vec<&str> = inner.split(',').map(str::trim).collect();
    if let (Some(first), true) =
        (names.first(), names.len() > 1 && names.iter().all(|name| is_identifier(name)))
    {
        let each: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
        let help = format!("write `{}`", each.join(","));
        return Some(Wrong::new(first, "a placeholder is one name", help));
    }
    let bare = inner.trim_matches(['{', '}', '*', '.', '?', ':', '$', '@', '<', '>', '%']);
    if !is_identifier(bare) || bare == inner {
        return None;
    }
    if inner.contains('*') || inner.contains("..") {
        let help = format!("write `{{{bare}..}}`");
        return Some(Wrong::new(bare, "a placeholder for several segments ends with `..`", help));
    }
    if inner.starts_with('{') {
        return wrong(bare, "a placeholder has one pair of braces");
    }
    if inner.ends_with('?') {
        let help = format!("write `{{{bare}}}`, or declare a second endpoint without it");
        return Some(Wrong::new(bare, "a placeholder is always filled", help));
    }
    wrong(bare, "a placeholder is the name of an argument and nothing else")
}

/// A name that no argument can have.
fn renamed(name: &str) -> Wrong {
    let near: String =
        name.trim().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
    let help = if is_identifier(&near) && near.contains(char::is_alphanumeric) {
        format!("write `{{{near}}}` and name the argument `{near}`")
    } else {
        "write the name of an argument, `{id}`".to_owned()
    };
    Wrong::new(&near, format!("an argument cannot be called `{}`", name.escape_debug()), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_exactly() {
        assert_eq!(read("id"), Ok(("id", false)));
        assert_eq!(read("type"), Ok(("type", false)));
        assert_eq!(read("rest.."), Ok(("rest", true)));
    }

    #[test]
    fn what_is_no_name_is_told_with_what_to_write() {
        for (inner, help) in [
            ("", "write the name of an argument, `{id}`"),
            (" ", "write the name of an argument, `{id}`"),
            ("/**/", "write the name of an argument, `{id}`"),
            (" id ", "write `{id}`"),
            ("/*c*/id", "write `{id}`"),
            ("id//c\n", "write `{id}`"),
            ("id ..", "write `{id..}`"),
            ("r#type", "write `{type}`"),
            ("id=default", "write `{id}`"),
            ("id = 1", "write `{id}`"),
            ("id:u32", "write `{id}`"),
            ("id:\\d{2}", "write `{id}`"),
            ("{id}", "write `{id}`"),
            ("/path", "write `/{path}`"),
            ("/a,b", "write `/{a}/{b}`"),
            (".ext", "write `.{ext}`"),
            (";x", "write `;x={x}`"),
            ("+path", "write `{path..}`"),
            ("#part", "remove it"),
            ("?limit", "remove it here and write `#[query] limit: …` as an argument"),
            ("?a,b", "remove it here and write `#[query] a: …` and `#[query] b: …` as an argument"),
            ("a,b", "write `{a},{b}`"),
            ("*path", "write `{path..}`"),
            ("path*", "write `{path..}`"),
            ("path...", "write `{path..}`"),
            ("..path", "write `{path..}`"),
            ("id?", "write `{id}`, or declare a second endpoint without it"),
            (":id", "write `{id}`"),
            ("key-id", "write `{key_id}` and name the argument `key_id`"),
            ("self", "write the name of an argument, `{id}`"),
            ("_", "write the name of an argument, `{id}`"),
            ("1", "write the name of an argument, `{id}`"),
        ] {
            match read(inner) {
                Ok(name) => panic!("{inner:?} is {name:?}"),
                Err(wrong) => assert_eq!(wrong.help, help, "{inner:?}"),
            }
        }
    }
}
