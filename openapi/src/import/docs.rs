//! Descriptions as doc comments: short, one paragraph, without what rustdoc would read as something else.

/// The first paragraph of a Markdown text, on one line.
pub(super) fn paragraph(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in without_tags(text).lines() {
        let line = line.trim();
        let is_markup = line.starts_with(['#', '|', '>', '='])
            || ["* ", "- ", "+ ", "![", "```", "---", "***"].iter().any(|start| line.starts_with(start))
            || line.starts_with('[') && line.contains("]: ");
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
        return capital(&cut_off(&cut, limit));
    }
    // A list would follow.
    if let Some(before) = text.strip_suffix(':') {
        text.truncate(before.trim_end().len());
    }
    if !text.is_empty() && !text.ends_with(['.', '!', '?', '…']) {
        text.push('.');
    }
    capital(&text)
}

/// A sentence for what has a name; empty if it says no more than the name.
pub(super) fn sentence_of(name: &str, text: &str, limit: usize) -> String {
    let sentence = sentence(text, limit);
    let mut said = super::names::words(&sentence);
    said.retain(|word| !["a", "an", "the"].contains(&word.as_str()));
    if said == super::names::words(name) { String::new() } else { sentence }
}

/// A sentence that is too long: up to where its first part ends, or to a word.
fn cut_off(cut: &str, limit: usize) -> String {
    let ends = ["; ", ": ", " (", " - ", " – ", " — "];
    let clause = ends.iter().filter_map(|end| cut.rfind(end)).filter(|at| at * 5 > limit * 2).max();
    let is_whole = |text: &str| {
        text.matches('`').count().is_multiple_of(2) && text.matches('(').count() == text.matches(')').count()
    };
    if let Some(clause) = clause.and_then(|at| cut.get(..at)).filter(|clause| is_whole(clause)) {
        return format!("{}.", clause.trim_end_matches([',', '.', ';', ':']));
    }
    let end = cut.rfind(' ').unwrap_or(cut.len());
    let mut text = format!("{}…", cut.get(..end).unwrap_or(cut).trim_end_matches([',', ';', ':', '(', '-']));
    close_code(&mut text);
    text
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

/// Without links, whose addresses nobody can follow from here, and without what rustdoc takes for a link or a tag.
fn plain(text: &str) -> String {
    let text = without_links(text);
    let text = text
        .replace("**", "")
        .replace("__", "")
        .replace('\t', " ")
        .replace("[DEPRECATED]", "(deprecated)")
        .replace("( ", "(")
        .replace(" )", ")");
    let mut out = String::new();
    let mut in_code = false;
    for (at, letter) in text.char_indices() {
        // A reference to a type of the document: `[`Policy`]`.
        let next = text.get(at + letter.len_utf8()..).unwrap_or_default();
        let is_reference = letter == '[' && next.starts_with('`') || letter == ']' && out.ends_with('`');
        match letter {
            '`' => {
                in_code = !in_code;
                out.push('`');
            }
            '[' | ']' if !in_code && is_reference => {}
            '[' | ']' | '<' if !in_code => {
                out.push_str(if out.ends_with('\\') { "" } else { "\\" });
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

/// Without HTML: a line break ends a sentence, code stays code, and what stands in code is none.
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some(code) = from.strip_prefix('`') {
            let end = code.find('`').map_or(from.len(), |end| end + 2);
            out.push_str(from.get(..end).unwrap_or(from));
            rest = from.get(end..).unwrap_or_default();
            continue;
        }
        let is_tag = from.chars().nth(1).is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '/');
        match from.find('>').filter(|_| is_tag) {
            Some(close) => {
                instead_of_tag(from.get(1..close).unwrap_or_default(), &mut out);
                rest = from.get(close + 1..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    let text = out + rest;
    const ENTITIES: [(&str, &str); 7] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    ENTITIES.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

fn instead_of_tag(tag: &str, out: &mut String) {
    let name = tag.trim_matches('/').split([' ', '/', '\n']).next().unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "code" | "tt" | "kbd" => out.push('`'),
        "br" => {
            let is_open = out.trim_end().ends_with(|letter: char| letter.is_alphanumeric() || letter == ')');
            out.push_str(if is_open { ". " } else { " " });
        }
        "p" | "div" | "ul" | "ol" | "table" | "h1" | "h2" | "h3" | "h4" | "pre" => out.push_str("\n\n"),
        "li" => out.push_str("\n- "),
        "b" | "i" | "em" | "strong" | "a" | "span" | "u" | "sup" | "sub" | "small" => {}
        _ => out.push(' '),
    }
}

/// `[text](address)` and `[text][1]` become `text`.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(middle) = rest.find("](").into_iter().chain(rest.find("][")).min() {
        let (before, from) = rest.split_at(middle);
        let end = if from.starts_with("](") { ")" } else { "]" };
        let close = from.get(2..).and_then(|address| address.find(end)).map(|close| close + 2);
        let (Some(open), Some(close)) = (before.rfind('['), close) else {
            out.push_str(before);
            out.push_str(from.get(..2).unwrap_or_default());
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
            (
                "[docs][1] of [`Policy`], in `<host>:<port>` form",
                "Docs of `Policy`, in `<host>:<port>` form.",
            ),
            ("saved<br/>Timestamps", "Saved."),
            ("<code>a</code> &amp; b", "`a` & b."),
            ("**Note** it", "Note it."),
            ("One of:\n- a\n- b", "One of."),
            ("", ""),
        ] {
            assert_eq!(sentence(text, 200), expected, "{text}");
        }
        assert_eq!(sentence("one two three four", 9), "One two…");
        assert_eq!(sentence("one two (three four)", 12), "One two.");
        assert_eq!(sentence_of("key_id", "The key ID", 200), "");
    }
}
