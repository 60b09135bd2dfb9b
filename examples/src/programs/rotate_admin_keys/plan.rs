//! Which keys are rotated, and how far each has come.

use openai_admin::{AdminApiKey, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Session;
use crate::table::{date, days_between};

/// The longest life the API allows, in seconds: 365 days.
const LONGEST_LIFE: i64 = 31_536_000;

/// All rotations of one run, kept in the state file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    /// Where the keys are.
    pub(super) base_url: String,
    /// One for each key.
    pub(super) rotations: Vec<Rotation>,
}

/// One old key and the one that replaces it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Rotation {
    pub(super) old_id: String,
    pub(super) old_name: Option<String>,
    /// Not the name of any other key, so that the new key can be told from others.
    pub(super) new_name: String,
    /// Seconds that the new key is valid, as long as the old one was.
    pub(super) life: Option<u32>,
    /// Whether it is the key that the program itself uses.
    pub(super) own: bool,
    pub(super) step: Step,
}

/// How far a rotation has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// Nothing was done.
    Planned,
    /// The new key may exist; its value may be lost.
    Creating,
    /// The new key exists, its value is written, and it works.
    Created { new_id: String },
    /// The old key is gone.
    Deleted,
}

impl Plan {
    /// Rotates the keys that are older than `days`, the one in use last: without it nothing else could be done.
    pub(super) fn new(session: &Session, keys: &[AdminApiKey], days: u32) -> Self {
        let now = session.now();
        let old = keys.iter().filter(|key| days_between(key.created_at, now) > i64::from(days));
        let mut rotations: Vec<Rotation> =
            old.map(|key| Rotation::new(key, now, session.uses(&key.redacted_value))).collect();
        rotations.sort_by_key(|rotation| rotation.own);
        Self { base_url: session.base_url().to_owned(), rotations }
    }

    /// The place of the rotation of the key that the program itself uses, and the new key, if the old one may be gone.
    pub(super) fn own_replacement(&self) -> Option<(usize, &str)> {
        let index = self.rotations.iter().position(|rotation| rotation.own)?;
        match &self.rotations.get(index)?.step {
            Step::Created { new_id } => Some((index, new_id)),
            _ => None,
        }
    }

    /// Notes where a rotation stands.
    pub(super) fn set(&mut self, index: usize, step: Step) {
        if let Some(rotation) = self.rotations.get_mut(index) {
            rotation.step = step;
        }
    }

    /// Notes that the key which replaces this one is about to be created.
    pub(super) fn set_creating(&mut self, old_id: &str) {
        for rotation in self.rotations.iter_mut().filter(|rotation| rotation.old_id == old_id) {
            rotation.step = Step::Creating;
        }
    }
}

impl Rotation {
    fn new(key: &AdminApiKey, now: Timestamp, own: bool) -> Self {
        let life =
            key.expires_at.map(|end| end.unix().saturating_sub(key.created_at.unix()).clamp(1, LONGEST_LIFE));
        Self {
            old_id: key.id.clone(),
            old_name: key.name.clone(),
            new_name: new_name(key, now),
            life: life.and_then(|seconds| u32::try_from(seconds).ok()),
            own,
            step: Step::Planned,
        }
    }

    pub(super) fn is_done(&self, keep_old: bool) -> bool {
        self.step == Step::Deleted || (keep_old && matches!(self.step, Step::Created { .. }))
    }

    /// What is left to do, in words.
    pub(super) fn to_do(&self, keep_old: bool) -> &'static str {
        match (&self.step, keep_old) {
            (Step::Planned, false) => "create a new one, delete this",
            (Step::Planned, true) => "create a new one",
            (Step::Creating, false) => "look for a lost one, create, delete this",
            (Step::Creating, true) => "look for a lost one, create",
            (Step::Created { .. }, false) => "delete this",
            (Step::Created { .. }, true) => "keep for now",
            (Step::Deleted, _) => "nothing",
        }
    }
}

/// The old name with the day and the end of the old id: `CI [2026-11-20 3f9a]`. A mark of an earlier rotation goes.
fn new_name(key: &AdminApiKey, now: Timestamp) -> String {
    let name = key.name.as_deref().unwrap_or("admin key");
    let base = name.rsplit_once(" [").filter(|(_, mark)| mark.ends_with(']')).map_or(name, |(base, _)| base);
    let count = key.id.chars().count();
    let end: String = key.id.chars().skip(count.saturating_sub(4)).collect();
    format!("{base} [{} {end}]", date(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: Option<&str>, expires_at: Option<i64>) -> AdminApiKey {
        serde_json::from_value(serde_json::json!({
            "id": "key_0123abcd", "name": name, "redacted_value": "sk-admin...xyz", "created_at": 1000,
            "expires_at": expires_at, "owner": {},
        }))
        .unwrap()
    }

    #[test]
    fn a_new_name_carries_one_mark_only() {
        let now = Timestamp::from_unix(1_795_165_200);
        assert_eq!(new_name(&key(Some("CI"), None), now), "CI [2026-11-20 abcd]");
        assert_eq!(new_name(&key(Some("CI [2026-08-01 ffff]"), None), now), "CI [2026-11-20 abcd]");
        assert_eq!(new_name(&key(None, None), now), "admin key [2026-11-20 abcd]");
    }

    #[test]
    fn a_new_key_lives_as_long_as_the_old_one_did() {
        let life = |end| Rotation::new(&key(None, end), Timestamp::from_unix(5000), false).life;
        assert_eq!(life(None), None);
        assert_eq!(life(Some(4600)), Some(3600));
        assert_eq!(life(Some(i64::MAX)), Some(31_536_000));
        assert_eq!(life(Some(0)), Some(1));
    }
}
