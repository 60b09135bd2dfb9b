//! What servers do to a response that its document does not say, one thing at a time.

use serde_json::{Map, Value, json};

/// A response with one difference.
pub struct Mutation {
    /// What was done, and where.
    pub name: String,
    pub value: Value,
}

/// Every mutation of a response that must still be read.
pub fn of(response: &Value) -> Vec<Mutation> {
    let mut found = Vec::new();
    for pointer in pointers(response, String::new()) {
        let here = response.pointer(&pointer).unwrap();
        let mut changed = |what: &str, value: Value| {
            let mut response = response.clone();
            *response.pointer_mut(&pointer).unwrap() = value;
            found.push(Mutation { name: format!("{what} at {pointer:?}"), value: response });
        };
        if let Some(integer) = here.as_i64() {
            changed("an integer as a float", Value::from(integer as f64));
        }
        let Some(members) = here.as_object() else { continue };
        changed("a member that is new", Value::from(with(members, "brand_new", json!({"a": [1, null]}))));
        for name in ["object", "has_more"].into_iter().filter(|name| members.contains_key(*name)) {
            changed(&format!("`{name}` left out"), Value::from(without(members, name)));
            changed(&format!("`{name}` null"), Value::from(with(members, name, Value::Null)));
        }
        for (name, member) in members {
            if member.is_null() {
                changed(&format!("`{name}` left out"), Value::from(without(members, name)));
            }
        }
        if let Some(amount) = members.get("amount") {
            for value in [json!("12.50"), json!("0E-6176"), json!(12), Value::Null] {
                let amount = with(amount.as_object().unwrap(), "value", value.clone());
                changed(&format!("an amount of {value}"), with(members, "amount", amount.into()).into());
            }
        }
    }
    found
}

/// The place of every value in it.
fn pointers(value: &Value, at: String) -> Vec<String> {
    let below: Vec<String> = match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| {
                pointers(value, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")))
            })
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(index, value)| pointers(value, format!("{at}/{index}")))
            .collect(),
        _ => Vec::new(),
    };
    std::iter::once(at).chain(below).collect()
}

fn with(members: &Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    let mut members = members.clone();
    members.insert(name.to_owned(), value);
    members
}

fn without(members: &Map<String, Value>, name: &str) -> Map<String, Value> {
    let mut members = members.clone();
    members.remove(name);
    members
}
