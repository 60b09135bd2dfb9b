//! The position of a list, in a form that can be stored.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Next;

/// The position of a list. Store it, and pass it to [`Pages::resume`](crate::Pages::resume) in another run.
#[derive(Clone, Serialize, Deserialize)]
pub struct Cursor(Vec<(String, serde_json::Value)>, CursorPlace);

#[derive(Clone, Serialize, Deserialize)]
enum CursorPlace {
    Query,
    Body,
    Url,
    Form,
    Header,
    /// Of this method.
    Endpoint(String),
}

impl Cursor {
    #[inline]
    pub(super) fn of(next: &Next) -> Option<Self> {
        let texts = |pairs: &[(String, String)]| {
            pairs.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect()
        };
        Some(match next {
            Next::Done => return None,
            Next::Query(pairs) => Self(texts(pairs), CursorPlace::Query),
            Next::Form(pairs) => Self(texts(pairs), CursorPlace::Form),
            Next::Header(pairs) => Self(texts(pairs), CursorPlace::Header),
            Next::Endpoint(method, arguments) => {
                Self(arguments.clone(), CursorPlace::Endpoint(method.clone()))
            }
            Next::Body(members) => Self(members.clone(), CursorPlace::Body),
            Next::Url(url) => Self(vec![(String::new(), url.clone().into())], CursorPlace::Url),
        })
    }

    #[inline]
    pub(super) fn next(&self) -> Next {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let texts = || self.0.iter().map(|(name, value)| (name.clone(), text(value))).collect();
        match &self.1 {
            CursorPlace::Query => Next::Query(texts()),
            CursorPlace::Form => Next::Form(texts()),
            CursorPlace::Header => Next::Header(texts()),
            CursorPlace::Endpoint(method) => Next::Endpoint(method.clone(), self.0.clone()),
            CursorPlace::Body => Next::Body(self.0.clone()),
            CursorPlace::Url => Next::Url(self.0.first().map(|(_, v)| text(v)).unwrap_or_default()),
        }
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor")
    }
}
