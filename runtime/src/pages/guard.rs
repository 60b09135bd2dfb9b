//! Detects a list that repeats, in constant memory.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Next;

/// How many of the last cursors are kept. A circle of at most this length is detected at its first repetition.
const RECENT: usize = 64;

/// The hashes of the last cursors, and one older hash that is replaced at powers of two (Brent's algorithm), so that a longer
/// circle is detected, too, after a few rounds.
#[derive(Debug, Default)]
pub(super) struct LoopGuard {
    recent: VecDeque<u64>,
    anchor: u64,
    count: u64,
}

impl LoopGuard {
    /// Returns whether this cursor is new.
    #[inline]
    pub(super) fn is_new(&mut self, next: &Next) -> bool {
        let hash = hash(next);
        if self.recent.contains(&hash) || self.count > 0 && self.anchor == hash {
            return false;
        }
        self.count += 1;
        if self.count.is_power_of_two() {
            self.anchor = hash;
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(hash);
        true
    }
}

#[inline]
fn hash(next: &Next) -> u64 {
    let mut hasher = DefaultHasher::new();
    match next {
        Next::Done => {}
        Next::Query(pairs) | Next::Form(pairs) | Next::Header(pairs) => pairs.hash(&mut hasher),
        Next::Body(members) => members.iter().for_each(|(n, v)| (n, v.to_string()).hash(&mut hasher)),
        Next::Endpoint(method, arguments) => {
            method.hash(&mut hasher);
            arguments.iter().for_each(|(n, v)| (n, v.to_string()).hash(&mut hasher));
        }
        Next::Url(url) => url.hash(&mut hasher),
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages_until_noticed(circle: usize) -> Option<usize> {
        let mut guard = LoopGuard::default();
        (0..circle * 8).position(|n| !guard.is_new(&Next::query("after", n % circle)))
    }

    /// Row 27.
    #[test]
    fn short_circles_are_noticed_at_once_and_long_ones_soon() {
        for circle in [1, 2, 3, 64] {
            assert_eq!(pages_until_noticed(circle), Some(circle));
        }
        for circle in [65, 100, 1000] {
            assert!(pages_until_noticed(circle).unwrap() <= circle * 3);
        }
    }

    #[test]
    fn a_long_list_is_no_circle() {
        let mut guard = LoopGuard::default();
        assert!((0..10_000).all(|n| guard.is_new(&Next::query("after", n))));
        assert_eq!(guard.recent.len(), RECENT);
    }
}
