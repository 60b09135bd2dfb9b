//! A token bucket that keeps retries from multiplying the load on a server that is already in trouble.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Limits the retries of all calls together. A client and its derived clients share one budget for each server (scheme, host,
/// port) and credential.
///
/// A retry takes tokens, and is not made if there are too few. A success at the first attempt returns one token; a success after
/// a retry returns what that retry took. While most calls succeed the bucket stays full. When a server fails, retries soon stop
/// and each call is sent once.
///
/// Defaults: 500 tokens, 14 a retry, 5 after a 429 (which costs the server little), 1 returned by a success.
///
/// ```
/// use declarest::Budget;
///
/// let budget = Budget::new().with_capacity(20).with_retry_cost(10);
/// assert!(budget.try_take(false).is_some());
/// assert!(budget.try_take(false).is_some());
/// assert!(budget.try_take(false).is_none());
/// ```
#[derive(Debug)]
pub struct Budget {
    tokens: AtomicU32,
    capacity: u32,
    retry_cost: u32,
    throttled_cost: u32,
    refill: u32,
    /// The budget of the whole server, if it has one: a retry takes from both.
    server: Option<Arc<Budget>>,
}

/// The tokens of one retry. If dropped, they stay spent; [`Budget::give_back`] returns them.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a retry that succeeds gives its tokens back with `Budget::give_back`"]
pub struct Withdrawal {
    cost: u32,
    /// What the budget of the whole server gave.
    server_cost: u32,
}

impl Budget {
    /// Makes a full bucket with the defaults.
    #[must_use]
    pub const fn new() -> Self {
        let tokens = AtomicU32::new(500);
        Self { tokens, capacity: 500, retry_cost: 14, throttled_cost: 5, refill: 1, server: None }
    }

    /// Makes a budget that allows every retry.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self::new().with_retry_cost(0).with_throttled_cost(0)
    }

    /// Sets the size of the bucket, which starts full. Default: 500 tokens; with 0, a retry that costs tokens is not made.
    #[must_use]
    pub const fn with_capacity(mut self, tokens: u32) -> Self {
        self.capacity = tokens;
        self.tokens = AtomicU32::new(tokens);
        self
    }

    /// Sets the cost of a retry. Default: 14 tokens.
    #[must_use]
    pub const fn with_retry_cost(mut self, tokens: u32) -> Self {
        self.retry_cost = tokens;
        self
    }

    /// Sets the cost of a retry after a 429. Default: 5 tokens.
    #[must_use]
    pub const fn with_throttled_cost(mut self, tokens: u32) -> Self {
        self.throttled_cost = tokens;
        self
    }

    /// Sets what a success at the first attempt returns. Default: 1 token.
    #[must_use]
    pub const fn with_refill(mut self, tokens: u32) -> Self {
        self.refill = tokens;
        self
    }

    /// Makes a full bucket with the same rules, within the budget of a server.
    pub(crate) const fn renewed(&self, server: Option<Arc<Self>>) -> Self {
        let Self { capacity, retry_cost, throttled_cost, refill, .. } = *self;
        Self { tokens: AtomicU32::new(capacity), capacity, retry_cost, throttled_cost, refill, server }
    }

    /// Returns the number of tokens.
    #[must_use]
    pub fn available(&self) -> u32 {
        self.tokens.load(Ordering::Relaxed)
    }

    /// Takes the cost of a retry (`throttled`: after a 429). Returns `None`, and takes nothing, if there are too few tokens.
    pub fn try_take(&self, throttled: bool) -> Option<Withdrawal> {
        let server_cost = match &self.server {
            Some(server) => server.try_take(throttled)?.cost,
            None => 0,
        };
        let cost = if throttled { self.throttled_cost } else { self.retry_cost };
        let withdrawal = Withdrawal { cost, server_cost };
        if self.update(|tokens| tokens.checked_sub(cost)) {
            return Some(withdrawal);
        }
        self.give_back(Withdrawal { cost: 0, server_cost });
        None
    }

    /// Returns the tokens of a retry that succeeded.
    #[expect(clippy::needless_pass_by_value, reason = "the same tokens must not come back twice")]
    pub fn give_back(&self, withdrawal: Withdrawal) {
        let Withdrawal { cost, server_cost } = withdrawal;
        self.add(cost);
        if let Some(server) = &self.server {
            server.add(server_cost);
        }
    }

    /// Counts a success at the first attempt.
    pub fn refill(&self) {
        self.add(self.refill);
        if let Some(server) = &self.server {
            server.refill();
        }
    }

    /// Counts the success of a call; `withdrawal` is what its last retry took.
    pub(crate) fn succeeded(&self, withdrawal: Option<Withdrawal>) {
        match withdrawal {
            Some(withdrawal) => self.give_back(withdrawal),
            None => self.refill(),
        }
    }

    fn add(&self, amount: u32) {
        // A full bucket, the common case, is not written, so that its cache line stays shared between cores.
        self.update(|tokens| {
            (tokens < self.capacity).then(|| tokens.saturating_add(amount).min(self.capacity))
        });
    }

    /// Applies `change` and returns whether it did. Relaxed, because the count guards no other memory.
    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn the_defaults_allow_35_retries_or_100_throttled_ones() {
        for (throttled, retries, rest) in [(false, 35, 10), (true, 100, 0)] {
            let budget = Budget::default();
            for _ in 0..retries {
                assert!(budget.try_take(throttled).is_some());
            }
            assert_eq!(budget.try_take(throttled), None);
            assert_eq!(budget.available(), rest, "a refused retry takes nothing");
        }
    }

    #[test]
    fn cheap_retries_go_on_where_dear_ones_are_refused() {
        let budget = Budget::new().with_capacity(13);
        assert_eq!(budget.try_take(false), None);
        assert!(budget.try_take(true).is_some());
        assert_eq!(budget.available(), 8);
    }

    #[test]
    fn successes_refill_up_to_the_capacity() {
        let budget = Budget::new();
        budget.refill();
        assert_eq!(budget.available(), 500);
        let withdrawal = budget.try_take(false).unwrap();
        budget.refill();
        assert_eq!(budget.available(), 487);
        budget.give_back(withdrawal);
        assert_eq!(budget.available(), 500, "not 501");
        drop(budget.try_take(true).unwrap());
        assert_eq!(budget.available(), 495, "a retry that failed stays paid");
    }

    #[test]
    fn configured_extremes() {
        let none = Budget::new().with_capacity(0);
        assert_eq!(none.try_take(true), None);
        none.refill();
        assert_eq!(none.available(), 0);
        let free = Budget::unlimited().with_capacity(0);
        assert!((0..1000).all(|_| free.try_take(false).is_some()));
        let large = Budget::new().with_capacity(u32::MAX).with_refill(u32::MAX).with_retry_cost(u32::MAX);
        let all = large.try_take(false).unwrap();
        large.refill();
        large.give_back(all);
        assert_eq!(large.available(), u32::MAX);
    }

    #[test]
    fn threads_share_exactly_the_capacity() {
        let budget = Budget::new().with_capacity(1403).with_retry_cost(14);
        let taken: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| (0..1000).filter_map(|_| budget.try_take(false)).count()))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!((taken, budget.available()), (100, 3));
    }

    #[test]
    fn no_token_is_lost_or_made_when_threads_give_back() {
        let budget = Budget::new();
        thread::scope(|scope| {
            for throttled in [false, true, false, true] {
                let budget = &budget;
                scope.spawn(move || {
                    for _ in 0..2000 {
                        if let Some(withdrawal) = budget.try_take(throttled) {
                            budget.give_back(withdrawal);
                        }
                    }
                });
            }
        });
        assert_eq!(budget.available(), 500);
    }

    #[test]
    fn threads_refill_exactly() {
        let budget = Budget::new().with_capacity(10_000).with_retry_cost(10_000);
        drop(budget.try_take(false).unwrap());
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..2000).for_each(|_| budget.refill()));
            }
        });
        assert_eq!(budget.available(), 8000);
    }
}
