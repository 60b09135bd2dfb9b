//! Lists the admin API keys of an organization, without async: `blocking()` makes an iterator of the list.

use std::io::Write;

use openai_admin::{ListAdminApiKeys, prelude::*};

use crate::table::{Table, count};
use crate::{Failure, Session};

/// Runs the program.
///
/// # Errors
/// When a call fails, or this thread belongs to a Tokio runtime.
pub fn run(session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
    let keys = session.admin().admin_api_keys();
    let (mut number, mut table) = (0, Table::new());
    for key in keys.list(&ListAdminApiKeys::default().limit(3)).blocking() {
        let key = key.map_err(Failure::api("list the keys"))?;
        number += 1;
        table.row([key.id, key.redacted_value, key.name.unwrap_or_else(|| "(no name)".to_owned())]);
    }
    writeln!(out, "{table}\n{}", count(number, "key"))?;
    Ok(())
}
