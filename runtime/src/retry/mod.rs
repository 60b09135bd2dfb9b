//! Who repeats, how long to wait, how many tokens are left: pure policies.

mod after;
mod backoff;
mod budget;
mod budgets;
mod http_date;
mod policy;

pub(crate) use self::after::asked_wait;
pub use self::backoff::Backoff;
pub use self::budget::Budget;
pub(crate) use self::budget::Withdrawal;
pub(crate) use self::budgets::Budgets;
pub use self::policy::{Failed, RetryPolicy, Verdict};
pub(crate) use self::policy::{FailedAttempt, is_repeatable, is_safe};
