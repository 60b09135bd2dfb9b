//! The retry budgets of a client and its derived clients: one for each server and credential.

use std::sync::{Arc, Mutex, PoisonError};

use super::Budget;

/// How many budgets are kept. Beyond it, full budgets that are not in use are dropped; they can be made again.
const KEPT: usize = 1024;

/// A server, and the fingerprint of a credential.
type Holder = (Arc<str>, u64);

/// The budgets of a client and of all that are derived from it.
#[derive(Debug)]
pub(crate) struct Budgets {
    rules: Budget,
    /// Sorted by holder.
    held: Mutex<Vec<(Holder, Arc<Budget>)>>,
}

impl Budgets {
    pub(crate) fn new(rules: Budget) -> Self {
        Self { rules, held: Mutex::default() }
    }

    /// Returns the budget of a server and a credential, which is identified by its fingerprint.
    pub(crate) fn of(&self, origin: &str, credential: u64) -> Arc<Budget> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= KEPT {
            held.retain(|(_, budget)| Arc::strong_count(budget) > 1 || !budget.is_full());
        }
        let place =
            held.binary_search_by(|((known, number), _)| (&**known, number).cmp(&(origin, &credential)));
        let at = place.unwrap_or_else(|at| {
            held.insert(at, ((origin.into(), credential), Arc::new(self.rules.renewed())));
            at
        });
        held.get(at).map(|(_, budget)| budget.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_and_a_credential_share_a_budget_and_nobody_else() {
        let budgets = Budgets::new(Budget::new());
        let first = budgets.of("https://a.example", 1);
        drop(first.try_take(false).unwrap());
        assert_eq!(budgets.of("https://a.example", 1).available(), 486);
        assert_eq!(budgets.of("https://a.example", 2).available(), 500);
        assert_eq!(budgets.of("https://b.example", 1).available(), 500);
    }

    #[test]
    fn a_thousand_tenants_that_come_and_go_leave_nothing() {
        let budgets = Budgets::new(Budget::new());
        drop(budgets.of("https://a.example", 0).try_take(false).unwrap());
        for tenant in 1..10_000 {
            budgets.of("https://a.example", tenant);
        }
        assert!(budgets.held.lock().unwrap().len() <= KEPT);
        assert_eq!(budgets.of("https://a.example", 0).available(), 486, "what was spent is remembered");
    }
}
