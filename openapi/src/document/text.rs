//! From the text of a file to a JSON value.

use serde_json::Value;
use serde_saphyr::options::DuplicateKeyPolicy;

/// Reads JSON or YAML, whichever the text is.
///
/// # Errors
/// The text is neither; the message says where the reader stopped.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}');
    let is_json = text.trim_start().starts_with(['{', '[']);
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        // A flow mapping of YAML begins like JSON, so both are tried and the more likely error is told.
        Err(json) => yaml(text).map_err(|yaml| {
            if is_json { format!("invalid JSON: {json}") } else { format!("invalid YAML: {yaml}") }
        }),
    }
}

fn yaml(text: &str) -> Result<Value, String> {
    let options = serde_saphyr::options! {
        // Documents of several megabytes are common; they come from a file that the user named.
        budget: None,
        // Tolerant: the later one is what other tools read.
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        // YAML 1.2: `no` is a country.
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_reads_as_json_does() {
        let yaml =
            "openapi: 3.0.0\nresponses:\n  200: {ok: true}\ncountry: no\nwhen: 2020-01-01\nversion: '1.0'\n";
        let expected = json!({
            "openapi": "3.0.0", "responses": {"200": {"ok": true}}, "country": "no",
            "when": "2020-01-01", "version": "1.0",
        });
        assert_eq!(parse(yaml).unwrap(), expected);
    }

    #[test]
    fn anchors_and_merge_keys_are_followed() {
        let yaml = "a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n";
        assert_eq!(parse(yaml).unwrap(), json!({"a": {"x": 1}, "b": {"x": 1, "y": 2}}));
    }

    #[test]
    fn a_broken_text_says_where() {
        assert!(parse("{\"a\": ").unwrap_err().starts_with("invalid JSON: EOF"));
        assert!(parse("a: [1,\nb: 2").unwrap_err().starts_with("invalid YAML: "));
    }
}
