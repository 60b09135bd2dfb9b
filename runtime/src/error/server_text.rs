//! A text of a server's, made fit for a line of a terminal or a log.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::secret::Secret;

/// How many characters are shown.
const MAX_CHARS: usize = 300;
/// A secret that is shorter cannot be told from a word of the text, so it hides all of it.
const MIN_SECRET: usize = 8;

/// Returns the text in one line of at most 300 characters, with control characters escaped and each secret masked; `None` if
/// nothing can be shown.
pub(super) fn shown<'a, I: Iterator<Item = &'a Secret>>(text: &str, secrets: I) -> Option<String> {
    let mut masked = text.trim().to_owned();
    for secret in secrets {
        for form in forms(secret.expose()) {
            if form.is_empty() || !masked.contains(&form) {
                continue;
            }
            if form.chars().count() < MIN_SECRET {
                return None;
            }
            masked = masked.replace(&form, "***");
        }
    }
    let mut line = String::new();
    for (count, c) in masked.chars().enumerate() {
        if count == MAX_CHARS {
            line.push('…');
            break;
        }
        // Not only controls: a mark that turns the direction of the text hides what follows it.
        if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    (!line.is_empty()).then_some(line)
}

/// The forms in which a server may repeat a secret: itself, behind its scheme, the password of a `Basic` pair, percent-encoded.
pub(crate) fn forms(secret: &str) -> Vec<String> {
    let token = secret
        .split_once(' ')
        .filter(|(scheme, _)| ["Bearer", "Basic"].contains(scheme))
        .map(|(_, token)| token);
    let pair = token
        .and_then(|token| BASE64_STANDARD.decode(token).ok())
        .and_then(|pair| String::from_utf8(pair).ok());
    let password =
        pair.as_ref().and_then(|pair| pair.split_once(':')).map(|(_, password)| password.to_owned());
    let mut forms: Vec<String> = [Some(secret.to_owned()), token.map(str::to_owned), pair.clone(), password]
        .into_iter()
        .flatten()
        .collect();
    let encoded: Vec<String> = forms
        .iter()
        .map(|form| {
            percent_encoding::utf8_percent_encode(form, percent_encoding::NON_ALPHANUMERIC).to_string()
        })
        .collect();
    forms.extend(encoded);
    // The longest first, so that none is cut by another.
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, secrets: &[&str]) -> Option<String> {
        let secrets: Vec<Secret> = secrets.iter().map(|secret| Secret::from(*secret)).collect();
        shown(text, secrets.iter())
    }

    #[test]
    fn a_text_is_one_line_of_at_most_300_characters() {
        assert_eq!(with(" a\nb\tc\u{7}\u{1b}[31m ", &[]).unwrap(), "a\\nb\\tc\\u{7}\\u{1b}[31m");
        assert_eq!(with("\u{202e}x", &[]).unwrap(), "\\u{202e}x");
        assert_eq!(with(&"ü".repeat(301), &[]).unwrap(), format!("{}…", "ü".repeat(300)));
        assert_eq!(with(&"ü".repeat(300), &[]).unwrap(), "ü".repeat(300));
        assert_eq!(with(" \n", &[]), None);
    }

    #[test]
    fn each_form_of_a_secret_is_masked_and_a_short_one_hides_the_text() {
        let key = "sk-admin-12345678";
        for text in ["bad key sk-admin-12345678!", "Bearer sk-admin-12345678", "sk%2Dadmin%2D12345678"] {
            let shown = with(text, &[&format!("Bearer {key}")]).unwrap();
            assert!(shown.contains("***") && !shown.contains("12345678"), "{shown}");
        }
        // user:password-1
        assert_eq!(with("wrong password-1", &["Basic dXNlcjpwYXNzd29yZC0x"]).unwrap(), "wrong ***");
        assert_eq!(with("the key abc is wrong", &["abc"]), None);
        assert_eq!(with("overloaded", &["abc"]).unwrap(), "overloaded");
    }
}
