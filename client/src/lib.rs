//! OpenAI's organization Administration API, declared with [declarest]: typed, paginated, every endpoint one line.
//!
//! ```no_run
//! # use openai_admin::Admin;
//! let admin = Admin::from_env()?; // OPENAI_ADMIN_KEY
//! # Ok::<(), openai_admin::ConfigError>(())
//! ```
//!
//! ```
//! use openai_admin::{ListProjects, prelude::*};
//!
//! # declarest_examples::documented(async |admin| {
//! let mut projects = admin.projects().list(&ListProjects::default().limit(100)).items();
//! while let Some(project) = projects.try_next().await? {
//!     println!("{} {:?} since {}", project.id, project.name, project.created_at);
//! }
//! # Ok(()) }).unwrap();
//! ```
//!
//! [`Administration`] lists the resources. Each is a trait, of which the methods are the endpoints; import them all
//! with [`prelude`]. A method describes a call, which is sent when it is awaited; see [`declarest::Call`] for what can
//! be set before (a deadline, a header) and asked after (status, request id).
//!
//! # Values
//!
//! - A request with optional parts has setters: `ListInvites::default().limit(50)`,
//!   `NewAdminApiKey::new("ci").expires_in(Duration::from_secs(3600))`.
//! - A list is a [`declarest::Pages`]: awaited it is the first page, `.items()` goes through all of them, and
//!   `.collect()` returns them at once.
//! - With the feature `blocking`, a program without async writes `.blocking()` in place of `.await`, and a list is an
//!   iterator: `for project in admin.projects().list(&params).blocking()`.
//! - [`Timestamp`] is a moment in seconds. [`FieldUpdate`] tells *leave as it is*, *clear* and *set* apart:
//!   `UpdateRole::default().description("Reads usage")` sets it, `.description(FieldUpdate::Clear)` clears it.
//! - An enum keeps a value that it does not know as `Other`. Its `Display` writes the text on the wire, and `From<&str>`
//!   finds the variant of a text: `ProjectRole::from("owner")` is `ProjectRole::Owner`. Only an `Other` that you make
//!   by hand of a known text is another value, although it sends the same.
//! - A field that is not known is ignored; an optional field that is left out is the same as null.
//! - The value of a new key is a [`declarest::Secret`]: it prints as `***`, and `expose()` gives it.
//!
//! # Errors
//!
//! [`Error`] tells what was called, whether it was sent, the status and request id, and OpenAI's `type`, `code`,
//! `param` and `message`. A call that may have taken effect is not repeated; creating a key twice would leave a live key
//! that nobody saw.
//!
//! # Tests
//!
//! Every trait can be implemented by a fake; [`declarest::Call::ready`] and [`declarest::Pages::from_items`] make its
//! responses, and a method that it leaves out fails with *not faked*. A value of a response is made from JSON, as the
//! server would send it; what is optional may be left out:
//!
//! ```
//! use openai_admin::Invite;
//!
//! let invite: Invite = serde_json::from_value(serde_json::json!({
//!     "id": "invite_1", "email": "ada@example.com", "role": "reader", "status": "pending", "created_at": 1711471533,
//! }))?;
//! assert!(invite.accepted_at.is_none());
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! With the feature `testing`, whatever is sent can be read and whatever is read can be sent, and `AdminBuilder::mock`
//! makes a client of a `declarest::testing::Mock`, which expects calls and compares what is sent:
//!
#![cfg_attr(feature = "testing", doc = "```")]
#![cfg_attr(not(feature = "testing"), doc = "```ignore")]
//! use declarest::testing::Mock;
//! use openai_admin::{Admin, CreatedAdminApiKey, NewAdminApiKey, prelude::*};
//! use serde_json::json;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! let mock = Mock::new();
//! let admin = Admin::builder("sk-admin-test").mock(&mock).build()?;
//!
//! let created: CreatedAdminApiKey = serde_json::from_value(json!({
//!     "id": "key_1", "value": "sk-admin-new", "redacted_value": "sk-admin-…new", "created_at": 1711471533, "owner": {},
//! }))?;
//! let keys = admin.admin_api_keys();
//! mock.expect(keys.create(&NewAdminApiKey::new("ci"))).respond(&created);
//!
//! // What the code under test does.
//! let key = keys.create(&NewAdminApiKey::new("ci")).await?;
//! assert_eq!(key.value.expose(), "sk-admin-new");
//! mock.verify();
//! # Ok(()) })
//! # }
//! ```

// The README's example compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[macro_use]
mod setters;

mod admin;
mod admin_api_keys;
mod audit_logs;
mod certificates;
mod checked;
mod common;
mod data_retention;
mod error;
mod external_keys;
mod external_storage;
mod federation_rules;
mod groups;
mod invites;
mod lenient;
mod money;
mod open_enum;
mod page;
mod projects;
mod roles;
mod spend;
mod timestamp;
mod usage;
mod users;
mod workload_identity;

// Everything is named from the root: a resource's types are found beside its trait.
#[allow(clippy::wildcard_imports)]
pub use self::{
    admin::*, admin_api_keys::*, audit_logs::*, certificates::*, checked::*, common::*, data_retention::*,
    error::*, external_keys::*, external_storage::*, federation_rules::*, groups::*, invites::*, page::*,
    projects::*, roles::*, spend::*, timestamp::*, usage::*, users::*, workload_identity::*,
};

/// Absent, null or a value: what an update says about one field. Its setter takes the value, or
/// [`FieldUpdate::Clear`].
pub use declarest::FieldUpdate;

pub use self::money::Amount;
// The type of money, and the crate for its arithmetic.
pub use bigdecimal::{self, BigDecimal};

/// A call of this API.
pub type Call<T> = declarest::Call<T, Error>;
/// A list of this API.
pub type Pages<P> = declarest::Pages<P, Error>;

pub mod prelude {
    //! The traits, so that their methods can be called: `use openai_admin::prelude::*;`

    pub use crate::{
        AdminApiKeys as _, Administration as _, AuditLogs as _, Certificates as _, DataRetentions as _,
        ExternalKeys as _, ExternalStorages as _, FederationRules as _, GroupRoles as _, GroupScope as _,
        GroupUsers as _, Groups as _, HostedTools as _, Invites as _, ModelPermissions as _,
        ProjectAccess as _, ProjectApiKeys as _, ProjectCertificates as _, ProjectGroups as _,
        ProjectScope as _, ProjectUsers as _, Projects as _, RateLimits as _, Roles as _,
        ServiceAccounts as _, ServiceTiers as _, SpendAlerts as _, SpendLimits as _, Usage as _,
        UserRoles as _, UserScope as _, Users as _, WorkloadIdentityProviderScope as _,
        WorkloadIdentityProviders as _,
    };
}
