//! The whole life of an admin API key: create, list, get, delete, and get again.

use clap::Parser;
use openai_admin::{
    AdminApiKey, AdminApiKeysClient, CreatedAdminApiKey, Error, ListAdminApiKeys, NewAdminApiKey, Timestamp,
    prelude::*,
};

use crate::table::{Table, count, days_between};
use crate::{Context, Failure};

/// How long the key lives at most, if the program cannot delete it.
const LIFE_IN_SECONDS: u32 = 3600;

/// Shows the whole life of an admin API key: create, list, get, delete, and get again.
#[derive(Debug, Parser)]
#[command(name = "admin_keys", version)]
pub struct Args {
    /// Act on the real API without a question.
    #[arg(long)]
    pub yes: bool,
    /// Keys on a page of the list, 1 to 100.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub page_size: u32,
}

/// Runs the program.
///
/// # Errors
/// When a call fails, or nobody agreed. The key that was created is deleted, or named in the output.
pub async fn run(args: &Args, cx: &mut Context<'_>) -> Result<(), Failure> {
    let keys = cx.session().admin().admin_api_keys();
    // Its own name, so that a key whose creation was never answered can be found.
    let name = format!("declarest example {}", cx.session().now().unix());
    cx.headline("The life of an admin API key")?;
    if cx.session().is_real() {
        cx.say(format_args!(
            "This creates one admin API key, \"{name}\", valid for an hour, lists all admin keys,"
        ))?;
        cx.say("fetches the new one and deletes it. No other key is touched.\n")?;
        cx.confirm("Go on?", args.yes).await?;
    }
    cx.stop().check()?;
    let id = create(&keys, &name, cx).await?;
    let done = match look(&keys, &id, args, cx).await {
        Ok(()) => delete(&keys, &id, cx).await,
        Err(failure) => Err(failure),
    };
    if let Err(failure) = done {
        clean_up(&keys, &id, cx).await?;
        return Err(failure);
    }
    get_deleted(&keys, &id, cx).await
}

/// Creates the key. When that fails and may have taken effect all the same, looks for the key and deletes it.
async fn create(keys: &AdminApiKeysClient, name: &str, cx: &mut Context<'_>) -> Result<String, Failure> {
    let new = NewAdminApiKey::new(name).expires_in_seconds(LIFE_IN_SECONDS);
    let reply = match keys.create(&new).with_reply().await {
        Ok(reply) => reply,
        Err(error) => {
            if may_have_taken_effect(&error) {
                delete_by_name(keys, name, cx).await?;
            }
            return Err(Failure::api("create a key")(error));
        }
    };
    let request = sent(reply.request_id(), reply.attempts);
    let key = reply.value;
    cx.say(format_args!("create  {}  \"{name}\"{request}", key.id))?;
    cx.say(format_args!("        value received: {}, not shown", masked(&key)))?;
    Ok(key.id)
}

/// Whether a call that failed may have done what it should.
fn may_have_taken_effect(error: &Error) -> bool {
    match error.status() {
        Some(status) => !status.is_client_error(),
        None => error.effect() != declarest::Effect::NotSent,
    }
}

async fn delete_by_name(keys: &AdminApiKeysClient, name: &str, cx: &mut Context<'_>) -> Result<(), Failure> {
    let left = format!("list the keys: an admin key named \"{name}\" may be left");
    let mut all = keys.list(&ListAdminApiKeys::default().limit(100)).items();
    while let Some(key) = all.try_next().await.map_err(Failure::api(left.as_str()))? {
        if key.name.as_deref() == Some(name) {
            clean_up(keys, &key.id, cx).await?;
        }
    }
    Ok(())
}

/// Lists all keys page by page, and fetches the new one.
async fn look(keys: &AdminApiKeysClient, id: &str, args: &Args, cx: &mut Context<'_>) -> Result<(), Failure> {
    let mut pages = keys.list(&ListAdminApiKeys::default().limit(args.page_size)).pages();
    let (mut number, mut total, mut table) = (0, 0, Table::new().indent(8));
    while let Some(page) = cx.stop().or(pages.try_next()).await?.map_err(Failure::api("list the keys"))? {
        number += 1;
        total += page.data.len();
        table.heading(format!("page {number}: {}", count(page.data.len(), "key")));
        page.data.iter().for_each(|key| table.row(row(key, id, cx.session().now())));
    }
    cx.say(format_args!("list    {} on {}", count(total, "key"), count(number, "page")))?;
    cx.say(table)?;

    let reply = cx.stop().or(keys.get(id).with_reply()).await?.map_err(Failure::api("get the key"))?;
    let request = sent(reply.request_id(), reply.attempts);
    let key = &reply.value;
    let expires = key.expires_at.map_or_else(|| "never".to_owned(), |time| time.to_string());
    cx.say(format_args!("get     {}  {}, expires {expires}{request}", key.id, key.redacted_value))
}

fn row(key: &AdminApiKey, new: &str, now: Timestamp) -> [String; 6] {
    let age = match days_between(key.created_at, now) {
        0 => "today".to_owned(),
        days => count(usize::try_from(days).unwrap_or(usize::MAX), "day"),
    };
    let name = key.name.clone().unwrap_or_else(|| "(no name)".to_owned());
    let owner = key.owner.name.clone().unwrap_or_default();
    let note = if key.id == new { "← new" } else { "" };
    [format!("  {}", key.id), key.redacted_value.clone(), name, age, owner, note.to_owned()]
}

async fn delete(keys: &AdminApiKeysClient, id: &str, cx: &mut Context<'_>) -> Result<(), Failure> {
    let reply = match keys.delete(id).with_reply().await {
        // A retry finds nothing when the attempt before it had deleted the key and only its answer was lost.
        Err(error) if error.is_not_found() && error.attempts() > 1 => {
            let request = sent(error.request_id(), error.attempts());
            return cx.say(format_args!("delete  {id}  deleted{request}"));
        }
        result => result.map_err(Failure::api("delete the key"))?,
    };
    let request = sent(reply.request_id(), reply.attempts);
    let done = if reply.value.deleted { "deleted" } else { "not deleted, says the server" };
    cx.say(format_args!("delete  {}  {done}{request}", reply.value.id))
}

/// The one call that has to fail.
async fn get_deleted(keys: &AdminApiKeysClient, id: &str, cx: &mut Context<'_>) -> Result<(), Failure> {
    match cx.stop().or(keys.get(id)).await? {
        Err(error) if error.is_not_found() => {
            let request = sent(error.request_id(), error.attempts());
            cx.say(format_args!("get     {id}  not found, as it should be{request}"))
        }
        Err(error) => Err(Failure::api("get the deleted key")(error)),
        Ok(key) => Err(Failure::Refused(format!("{} was deleted and is still there", key.id))),
    }
}

/// Deletes the key after a failure, and says how that went: a live key must not be forgotten.
async fn clean_up(keys: &AdminApiKeysClient, id: &str, cx: &mut Context<'_>) -> Result<(), Failure> {
    match keys.delete(id).await {
        Ok(_) => cx.say(format_args!("clean   {id}  deleted after a failure")),
        Err(error) if error.is_not_found() => cx.say(format_args!("clean   {id}  is gone already")),
        Err(error) => {
            cx.say(format_args!(
                "clean   {id}  IS LEFT and must be deleted by hand (it expires within the hour)"
            ))?;
            cx.say(format_args!("        {error}"))
        }
    }
}

/// What a secret may show: what it begins with, and how long it is.
fn masked(key: &CreatedAdminApiKey) -> String {
    let value = key.value.expose();
    let prefix = if value.starts_with("sk-admin-") { "sk-admin-" } else { "" };
    format!("{prefix}… ({} characters)", value.chars().count())
}

/// Which request it was, and how often it was sent if that was more than once.
fn sent(request_id: Option<&str>, attempts: u32) -> String {
    let request = request_id.map(|id| format!("  [{id}]")).unwrap_or_default();
    if attempts > 1 { format!("{request} after {attempts} attempts") } else { request }
}
