//! The retry budgets of a client and its derived clients: one for each server and credential.

use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

use super::Budget;

/// How many budgets are kept. Beyond it, the one that was not used for the longest time is dropped: a new client with its
/// credential starts with a full one. A client holds its own budget for as long as it lives.
const KEPT: usize = 1024;

/// A server, and the fingerprint of a credential; `None` for all credentials together.
type Holder = (Arc<str>, Option<u64>);

/// The budgets of a client and of all that are derived from it.
#[derive(Debug)]
pub(crate) struct Budgets {
    rules: Budget,
    /// The rules of the budget that all credentials of a server share.
    server_rules: Option<Budget>,
    /// Not made with a capacity, which would be allocated at once.
    held: Mutex<LruCache<Holder, Arc<Budget>>>,
}

impl Budgets {
    pub(crate) fn new(rules: Budget, server_rules: Option<Budget>) -> Self {
        Self { rules, server_rules, held: Mutex::new(LruCache::unbounded()) }
    }

    /// Makes empty budgets with other rules; a rule that is not given stays.
    pub(crate) fn with_rules(&self, rules: Option<Budget>, server_rules: Option<Budget>) -> Self {
        let rules = rules.unwrap_or_else(|| self.rules.renewed(None));
        let server_rules =
            server_rules.or_else(|| self.server_rules.as_ref().map(|rules| rules.renewed(None)));
        Self::new(rules, server_rules)
    }

    /// Returns the budget of a server and a credential, which is identified by its fingerprint.
    pub(crate) fn of(&self, origin: &str, credential: u64) -> Arc<Budget> {
        let origin: Arc<str> = origin.into();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let server = self.server_rules.as_ref().map(|rules| {
            held.get_or_insert((origin.clone(), None), || Arc::new(rules.renewed(None))).clone()
        });
        let made = || Arc::new(self.rules.renewed(server));
        let budget = held.get_or_insert((origin, Some(credential)), made).clone();
        while held.len() > KEPT {
            held.pop_lru();
        }
        budget
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_and_a_credential_share_a_budget_and_nobody_else() {
        let budgets = Budgets::new(Budget::new(), None);
        let first = budgets.of("https://a.example", 1);
        drop(first.try_take(false).unwrap());
        assert_eq!(budgets.of("https://a.example", 1).available(), 486);
        assert_eq!(budgets.of("https://a.example", 2).available(), 500);
        assert_eq!(budgets.of("https://b.example", 1).available(), 500);
    }

    /// Row 43.
    #[test]
    fn thousands_of_tenants_with_failures_are_forgotten_by_age() {
        let budgets = Budgets::new(Budget::new(), None);
        let first = budgets.of("https://a.example", 0);
        for tenant in 0..12_000 {
            drop(budgets.of("https://a.example", tenant).try_take(false).unwrap());
            // Used again and again, so it is never the oldest.
            budgets.of("https://a.example", 0);
        }
        assert_eq!(budgets.held.lock().unwrap().len(), KEPT);
        assert!(Arc::ptr_eq(&first, &budgets.of("https://a.example", 0)));
        assert_eq!(budgets.of("https://a.example", 11_999).available(), 486, "what was spent is remembered");
        assert_eq!(budgets.of("https://a.example", 1).available(), 500, "the oldest is forgotten");
    }

    /// Row 43.
    #[test]
    fn all_credentials_of_a_server_share_its_budget() {
        let budgets = Budgets::new(Budget::new(), Some(Budget::new().with_capacity(28)));
        let take = |origin, credential| budgets.of(origin, credential).try_take(false);
        let kept = [take("https://a.example", 1).unwrap(), take("https://a.example", 2).unwrap()];
        assert_eq!(take("https://a.example", 3), None, "the tokens of the server are spent");
        assert_eq!(budgets.of("https://a.example", 3).available(), 500, "and its own are not taken");
        assert!(take("https://b.example", 3).is_some());
        for (credential, withdrawal) in (1..).zip(kept) {
            budgets.of("https://a.example", credential).give_back(withdrawal);
        }
        assert!(take("https://a.example", 3).is_some());
    }
}
