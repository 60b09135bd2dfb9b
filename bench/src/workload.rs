//! What is called, with which arguments, and what is answered.

use std::sync::LazyLock;

use bytes::Bytes;
use declarest::BoxError;
use http::Method;

use crate::types::{ListParams, NewAdminApiKey};

/// The credential of every call.
pub const TOKEN: &str = "sk-admin-0123456789abcdefghijklmn";
/// The key that is called for.
pub const KEY_ID: &str = "key_abc123def456ghi789";
/// How lists are sorted.
pub const ORDER: &str = "asc";
/// Keys on a page.
pub const LIMIT: u32 = 20;

/// One of the four calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `GET /organization/admin_api_keys/{id}`.
    Get,
    /// `GET /organization/admin_api_keys`: 20 keys.
    List,
    /// `POST /organization/admin_api_keys`.
    Create,
    /// `DELETE /organization/admin_api_keys/{id}`.
    Delete,
}

impl Operation {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Get, Self::List, Self::Create, Self::Delete];

    /// What [`Caller::call`] gives when the answer was decoded.
    #[must_use]
    pub const fn expected(self) -> usize {
        match self {
            Self::List => LIMIT as usize,
            Self::Get | Self::Create | Self::Delete => KEY_ID.len(),
        }
    }

    /// The body of the answer.
    #[must_use]
    pub fn answer(self) -> Bytes {
        match self {
            Self::Get => Bytes::from_static(KEY.as_bytes()),
            Self::List => LIST.clone(),
            Self::Create => CREATED.clone(),
            Self::Delete => Bytes::from_static(DELETED.as_bytes()),
        }
    }

    /// Which operation a request asks for.
    #[must_use]
    pub fn of(method: &Method, target: &str) -> Self {
        match *method {
            Method::POST => Self::Create,
            Method::DELETE => Self::Delete,
            _ if target.contains('?') => Self::List,
            _ => Self::Get,
        }
    }
}

/// A way to call the API.
pub trait Caller {
    /// Makes one call and gives what shows that its answer was decoded: the length of the id, or the number of keys.
    fn call(&self, operation: Operation) -> impl Future<Output = Result<usize, BoxError>>;
}

/// The arguments of a list.
#[must_use]
pub const fn list_params() -> ListParams<'static> {
    ListParams { after: KEY_ID, order: ORDER, limit: LIMIT }
}

/// The body of a creation.
#[must_use]
pub fn new_key() -> NewAdminApiKey {
    NewAdminApiKey { name: "Production Admin Key".to_owned() }
}

const KEY: &str = r#"{"object":"organization.admin_api_key","id":"key_abc123def456ghi789","name":"Main Admin Key 789","redacted_value":"sk-admin...def","created_at":1711471533,"last_used_at":1711471534,"owner":{"type":"user","object":"organization.user","id":"user_1234567789","name":"John Doe 789","created_at":1711471533,"role":"owner"}}"#;
const DELETED: &str =
    r#"{"id":"key_abc123def456ghi789","object":"organization.admin_api_key.deleted","deleted":true}"#;

static CREATED: LazyLock<Bytes> = LazyLock::new(|| {
    KEY.replacen("\"created_at\"", "\"value\":\"sk-admin-1234abcd5678efgh9012ijkl\",\"created_at\"", 1).into()
});

static LIST: LazyLock<Bytes> = LazyLock::new(|| {
    let keys: Vec<_> = (0..LIMIT).map(|n| KEY.replace("789\"", &format!("{n:03}\""))).collect();
    let (first, last) = ("key_abc123def456ghi000", "key_abc123def456ghi019");
    let keys = keys.join(",");
    format!(r#"{{"object":"list","data":[{keys}],"has_more":false,"first_id":"{first}","last_id":"{last}"}}"#)
        .into()
});
