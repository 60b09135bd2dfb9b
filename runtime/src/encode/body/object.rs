//! A JSON object as it is written: its members in order, each value with all of its digits.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// The members of a JSON object. A `Value` would not do: it holds a number beyond 64 bits as a float.
pub(crate) struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Object<'a> {
    /// The object in `text`; `None` if it is not one.
    pub(super) fn read(text: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(text).ok()
    }

    /// Returns the members in order.
    #[cfg(feature = "testing")]
    pub(crate) fn into_members(self) -> Vec<(String, &'a RawValue)> {
        self.0
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// The text of the object with members replaced, or added where there are none. The last value of a name counts.
    pub(super) fn with(&self, set: &[(String, Value)]) -> Vec<u8> {
        let mut out = vec![b'{'];
        for (name, value) in &self.0 {
            match set.iter().rfind(|(set, _)| set == name) {
                Some((_, value)) => write_member(&mut out, name, value.to_string().as_bytes()),
                None => write_member(&mut out, name, value.get().as_bytes()),
            }
        }
        for (at, (name, value)) in set.iter().enumerate() {
            let comes_again = set.iter().skip(at + 1).any(|(later, _)| later == name);
            if !comes_again && self.get(name).is_none() {
                write_member(&mut out, name, value.to_string().as_bytes());
            }
        }
        out.push(b'}');
        out
    }
}

/// Appends a member to an object that is open.
pub(super) fn write_member(out: &mut Vec<u8>, name: &str, json: &[u8]) {
    write_name(out, name);
    out.extend_from_slice(json);
}

/// Appends the name of the next member to an object that is open.
pub(super) fn write_name(out: &mut Vec<u8>, name: &str) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
    // A string always serializes.
    let _ = serde_json::to_writer(&mut *out, name);
    out.push(b':');
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}
