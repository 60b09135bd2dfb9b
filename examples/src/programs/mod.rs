//! The programs, one module each: its arguments, and what it does in a [`Context`](crate::Context).

pub mod admin_keys;
pub mod audit_log;
pub(crate) mod chart;
pub mod cost_report;
pub mod list_admin_keys;
pub mod offboard_user;
pub mod rotate_admin_keys;
