//! The organization: plain state, without HTTP. The modules of the resources add their operations to [`Store`].

use std::collections::BTreeMap;

use super::error::{ApiError, ApiResult};
use super::page::Record;
use super::records::{AdminKey, AuditEvent, Item, Project, ProjectKey, ProjectUser, ServiceAccount, User};

/// Everything the server knows.
#[derive(Debug, Default)]
pub struct Store {
    now: u64,
    serial: u64,
    /// Secrets of admin keys: the key's id and its value.
    pub(super) secrets: Vec<(String, String)>,
    /// Admin keys, oldest first.
    pub(super) admin_keys: Vec<AdminKey>,
    /// Members of the organization, oldest first.
    pub(super) users: Vec<User>,
    /// Projects, oldest first.
    pub(super) projects: Vec<Project>,
    /// Members of all projects.
    pub(super) project_users: Vec<ProjectUser>,
    /// Service accounts of all projects.
    pub(super) service_accounts: Vec<ServiceAccount>,
    /// API keys of all projects.
    pub(super) project_keys: Vec<ProjectKey>,
    /// Audit log, newest first.
    pub(super) events: Vec<AuditEvent>,
    /// Everything that is a JSON record and nothing more, by the path of its collection.
    pub(super) resources: BTreeMap<String, Vec<Item>>,
}

impl Store {
    /// An organization without anything in it.
    pub(super) fn empty(now: u64) -> Self {
        Self { now, ..Self::default() }
    }

    /// The time, in Unix seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Moves the clock forward, as a test may want to.
    pub fn advance(&mut self, seconds: u64) {
        self.now = self.now.saturating_add(seconds);
    }

    /// The time of a write. Two writes never have the same, so that lists by creation time have one order.
    pub(super) fn tick(&mut self) -> u64 {
        self.advance(1);
        self.now
    }

    /// An id that was not given out before.
    pub(super) fn next_id(&mut self, prefix: &str) -> String {
        self.serial += 1;
        format!("{prefix}{:012x}", mix(self.serial) & 0xffff_ffff_ffff)
    }

    /// A secret that was not given out before.
    pub(super) fn next_secret(&mut self, prefix: &str) -> String {
        self.serial += 1;
        format!("{prefix}{:016x}{:016x}", mix(self.serial), mix(!self.serial))
    }
}

/// SplitMix64: numbers that look random and are the same every time.
pub(super) fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The first characters of a secret, three dots, and the last three.
pub(super) fn redact(secret: &str, shown: usize) -> String {
    let head: String = secret.chars().take(shown).collect();
    let tail: String = secret.chars().skip(secret.chars().count().saturating_sub(3)).collect();
    format!("{head}...{tail}")
}

/// The item with this id.
pub(super) fn find<T: Record>(items: &[T], what: &str, id: &str) -> ApiResult<T> {
    items.iter().find(|item| item.id() == id).cloned().ok_or_else(|| ApiError::not_found(what, id))
}

/// Removes the item with this id.
pub(super) fn remove<T: Record>(items: &mut Vec<T>, what: &str, id: &str) -> ApiResult<T> {
    let index = items.iter().position(|item| item.id() == id);
    index.map(|index| items.remove(index)).ok_or_else(|| ApiError::not_found(what, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_secrets_repeat_in_no_store_and_are_the_same_in_every_one() {
        let (mut one, mut two) = (Store::empty(0), Store::empty(9));
        let first = one.next_id("key_");
        assert_eq!(first, two.next_id("key_"));
        assert_ne!(first, one.next_id("key_"));
        assert_ne!(one.next_secret("sk-"), one.next_secret("sk-"));
        assert_eq!(first.len(), "key_".len() + 12);
    }

    #[test]
    fn a_redacted_secret_shows_its_ends() {
        assert_eq!(redact("sk-admin-0123456789abc", 8), "sk-admin...abc");
    }

    #[test]
    fn the_clock_moves_with_every_write() {
        let mut store = Store::empty(100);
        assert_eq!((store.tick(), store.tick(), store.now()), (101, 102, 102));
    }
}
