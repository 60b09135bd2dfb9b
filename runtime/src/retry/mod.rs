//! Retry policy, backoff and retry budget. No I/O: clock and randomness are passed in.

mod backoff;
mod budget;
mod budgets;
mod policy;
mod retry_after;

pub use self::backoff::Backoff;
pub use self::budget::Budget;
pub(crate) use self::budget::Withdrawal;
pub(crate) use self::budgets::Budgets;
pub use self::policy::{Failed, RetryPolicy, Verdict};
pub(crate) use self::policy::{FailedAttempt, is_repeatable, is_safe};
pub(crate) use self::retry_after::requested_wait;
