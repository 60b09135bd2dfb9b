//! Descriptions as doc comments: short, one paragraph, without what rustdoc would read as something else.

/// The first paragraph of a Markdown text, on one line.
pub(super) fn paragraph(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = without_tags(line);
        let line = line.trim();
        let is_markup = line.starts_with(['#', '|', '>', '*', '-', '!', '='])
            || line.starts_with("```")
            || line.starts_with("---");
        if line.is_empty() || is_markup {
            if lines.is_empty() {
                continue;
            }
            break;
        }
        lines.push(line.to_owned());
    }
    plain(&lines.join(" "))
}

/// The first sentence.
pub(super) fn first_sentence(text: &str) -> String {
    let paragraph = paragraph(text);
    let mut rest = paragraph.as_str();
    let mut length = 0;
    while let Some(at) = rest.find(". ") {
        length += at + 1;
        let before = rest.get(..at).unwrap_or_default();
        let next = rest.get(at + 2..).unwrap_or_default();
        let is_short = ["e.g", "i.e", "etc", "vs", "approx", "No"].iter().any(|word| before.ends_with(word));
        if !is_short && next.starts_with(|letter: char| !letter.is_lowercase()) {
            return paragraph.get(..length).unwrap_or(&paragraph).to_owned();
        }
        length += 1;
        rest = next;
    }
    paragraph
}

/// As a sentence: a capital, a full stop, at most about `limit` characters.
pub(super) fn sentence(text: &str, limit: usize) -> String {
    let mut text = first_sentence(text);
    if text.chars().count() > limit {
        let cut: String = text.chars().take(limit).collect();
        let end = cut.rfind(' ').unwrap_or(cut.len());
        text = format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', ';', ':', '(', '-']));
        close_code(&mut text);
        return capital(&text);
    }
    if !text.is_empty() && !text.ends_with(['.', '!', '?', ':', '…']) {
        text.push('.');
    }
    capital(&text.replace(":.", "."))
}

/// A code span that was cut off is closed.
fn close_code(text: &mut String) {
    if text.matches('`').count() % 2 == 1 {
        text.push('`');
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        // `iOS`, `eBay` and code stay.
        Some(first) if first.is_lowercase() && !letters.as_str().starts_with(char::is_uppercase) => {
            first.to_uppercase().to_string() + letters.as_str()
        }
        _ => text.to_owned(),
    }
}

/// Without HTML and links, whose addresses nobody can follow from here; without what rustdoc takes for a link.
fn plain(text: &str) -> String {
    let text = without_links(&without_tags(text));
    let text = text.replace("**", "").replace("__", "").replace('\t', " ");
    let mut out = String::new();
    let mut in_code = false;
    for letter in text.chars() {
        match letter {
            '`' => {
                in_code = !in_code;
                out.push('`');
            }
            '[' | ']' | '<' if !in_code => {
                out.push('\\');
                out.push(letter);
            }
            letter
                if letter.is_control()
                    || ('\u{202a}'..='\u{202e}').contains(&letter)
                    || ('\u{2066}'..='\u{2069}').contains(&letter) => {}
            other => out.push(other),
        }
    }
    if in_code {
        out = out.replace('`', "'");
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    // rustdoc warns of a bare address.
    let linked = words.iter().map(|word| {
        if word.starts_with("http") && word.contains("://") { bare(word) } else { (*word).to_owned() }
    });
    linked.collect::<Vec<_>>().join(" ")
}

fn bare(word: &str) -> String {
    let end = word.trim_end_matches(['.', ',', ')', ';', ':']);
    let rest = word.strip_prefix(end).unwrap_or_default();
    format!("<{end}>{rest}")
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let is_tag = from.chars().nth(1).is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '/');
        match from.find('>').filter(|_| is_tag) {
            Some(close) => {
                out.push(' ');
                rest = from.get(close + 1..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out + rest
}

/// `[text](address)` becomes `text`.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let (before, from) = rest.split_at(middle);
        let (Some(open), Some(close)) = (before.rfind('['), from.find(')')) else {
            out.push_str(before);
            out.push_str("](");
            rest = from.get(2..).unwrap_or_default();
            continue;
        };
        out.push_str(before.get(..open).unwrap_or_default().trim_end_matches('!'));
        out.push_str(before.get(open + 1..).unwrap_or_default());
        rest = from.get(close + 1..).unwrap_or_default();
    }
    out + rest
}

/// Lines of a doc comment, at most 100 characters wide.
pub(super) fn lines(text: &str, indent: usize) -> Vec<String> {
    let prefix = format!("{}/// ", " ".repeat(indent));
    let width = 100_usize.saturating_sub(prefix.len());
    let mut all = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            all.push(format!("{prefix}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        // A list or heading would begin here.
        if line.is_empty() && !all.is_empty() && word.starts_with(['-', '*', '+', '#', '>']) {
            line.push('\\');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        all.push(format!("{prefix}{line}"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_becomes_a_sentence() {
        for (text, expected) in [
            ("the id", "The id."),
            ("# Title\n\nReturns a [key](https://a/b). More.", "Returns a key."),
            ("Filter, e.g. by name. Then more", "Filter, e.g. by name."),
            ("<p>Lists <b>all</b></p>", "Lists all."),
            ("An array [1] of Vec<T>", "An array \\[1\\] of Vec."),
            ("See https://a.b/c.", "See <https://a.b/c>."),
            ("`code [x]` is kept", "`code [x]` is kept."),
            ("", ""),
        ] {
            assert_eq!(sentence(text, 200), expected, "{text}");
        }
        assert_eq!(sentence("one two three four", 9), "One two…");
    }
}
