//! Prints a type the way rustfmt would.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens as text, spaced as people write them: `Option<&'a str>`, `Call<(A, B)>`.
pub(crate) fn normal(tokens: impl ToTokens) -> String {
    let mut out = String::new();
    write(&mut out, tokens.into_token_stream());
    out
}

fn write(out: &mut String, tokens: TokenStream) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                if !open.is_empty() && out.ends_with(is_word) && open != "(" {
                    out.push(' ');
                }
                out.push_str(open);
                write(out, group.stream());
                out.push_str(close);
            }
            TokenTree::Punct(punct) => mark(out, punct.as_char()),
            TokenTree::Ident(word) => word_after(out, &word.to_string()),
            TokenTree::Literal(literal) => word_after(out, &literal.to_string()),
        }
    }
}

fn is_word(last: char) -> bool {
    last.is_alphanumeric() || last == '_'
}

/// Two words need a blank between them, and so does a word after a closed list.
fn word_after(out: &mut String, word: &str) {
    if out.ends_with(|last| is_word(last) || last == '>' || last == ')') {
        out.push(' ');
    }
    out.push_str(word);
}

fn mark(out: &mut String, mark: char) {
    match mark {
        ',' | ';' => {
            out.push(mark);
            out.push(' ');
        }
        '>' if out.ends_with('-') => {
            out.pop();
            out.push_str(" -> ");
        }
        ':' if out.ends_with(": ") => {
            out.truncate(out.len() - 2);
            out.push_str("::");
        }
        ':' => out.push_str(": "),
        '+' | '=' => {
            out.push(' ');
            out.push(mark);
            out.push(' ');
        }
        '&' | '\'' | '*' if out.ends_with(is_word) => {
            out.push(' ');
            out.push(mark);
        }
        _ => out.push(mark),
    }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn types_are_printed_as_people_write_them() {
        for text in [
            "&NewAdminApiKey",
            "Option<&'a str>",
            "Call<(A, B)>",
            "std::sync::Arc<dyn Project + Send>",
            "impl Into<String>",
            "&[u8]",
            "[u8; 4]",
            "Pages<CursorPage<AdminApiKey>>",
            "&mut Vec<u8>",
            "Box<dyn Fn(u8) -> u8>",
            "Result<(), Error>",
            "Foo<Item = u8>",
        ] {
            let tokens: proc_macro2::TokenStream = text.parse().unwrap();
            assert_eq!(normal(tokens), text);
        }
    }
}
