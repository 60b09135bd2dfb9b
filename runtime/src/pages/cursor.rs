//! Where a list goes on, in a form that can be stored.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Next;

/// Where a list goes on, to be stored and given to [`Pages::resume`](crate::Pages::resume) in another run.
#[derive(Clone, Serialize, Deserialize)]
pub struct Cursor(Vec<(String, serde_json::Value)>, CursorPlace);

#[derive(Clone, Copy, Serialize, Deserialize)]
enum CursorPlace {
    Query,
    Body,
    Url,
}

impl Cursor {
    #[inline]
    pub(super) fn of(next: &Next) -> Option<Self> {
        Some(match next {
            Next::Done => return None,
            Next::Query(pairs) => {
                Self(pairs.iter().map(|(n, v)| (n.clone(), v.clone().into())).collect(), CursorPlace::Query)
            }
            Next::Body(members) => Self(members.clone(), CursorPlace::Body),
            Next::Url(url) => Self(vec![(String::new(), url.clone().into())], CursorPlace::Url),
        })
    }

    #[inline]
    pub(super) fn next(&self) -> Next {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        match self.1 {
            CursorPlace::Query => Next::Query(self.0.iter().map(|(n, v)| (n.clone(), text(v))).collect()),
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
