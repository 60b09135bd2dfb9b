//! Replaces admin API keys that are older than so many days.
//!
//! For each key: a new one is created, its value is written to a file that only its owner can read, the new key is
//! tried, and only then the old one is deleted. Every step is noted in a state file before and after it is taken, so
//! that the program can be ended at any moment and goes on where it was.

mod plan;
mod replaced;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Parser;
use declarest::Secret;
use openai_admin::{
    AdminApiKey, AdminApiKeysClient, CreatedAdminApiKey, Error, ListAdminApiKeys, NewAdminApiKey, prelude::*,
};
use serde::Deserialize;
use serde_json::json;

use self::plan::{Plan, Rotation, Step};
use crate::table::{Table, count, date, days_between};
use crate::{Context, Failure, files};

/// Replaces admin API keys that are older than so many days.
#[derive(Debug, Parser)]
#[command(name = "rotate_admin_keys", version)]
pub struct Args {
    /// Replace keys that are older than this many days.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    pub older_than: u32,
    /// Act without a question.
    #[arg(long)]
    pub yes: bool,
    /// Create the new keys and keep the old ones. Run again without this to delete them.
    #[arg(long)]
    pub keep_old: bool,
    /// Where the values of the new keys are added, one JSON object a line.
    #[arg(long, value_name = "FILE", default_value = "new-admin-keys.jsonl")]
    pub values: PathBuf,
    /// Where the progress is kept while keys are left to rotate.
    #[arg(long, value_name = "FILE", default_value = "rotate-admin-keys.json")]
    pub state: PathBuf,
}

/// Runs the program.
///
/// # Errors
/// When a call or a file fails, or nobody agreed. What was done is in the state file, and the next run goes on there.
pub async fn run(args: &Args, cx: &mut Context<'_>) -> Result<(), Failure> {
    cx.headline("Rotation of admin API keys")?;
    let keys = cx.session().admin().admin_api_keys();
    let earlier = files::load::<Plan>(&args.state)?;
    let current = match (all_keys(&keys, cx).await, &earlier) {
        (Err(failure), Some(plan)) if failure.is_unauthorized() => {
            return replaced::finish(failure, plan.clone(), &keys, args, cx).await;
        }
        (current, _) => current?,
    };
    let mut plan = match earlier {
        Some(plan) => resumed(plan, args, cx)?,
        None => Plan::new(cx.session(), &current, args.older_than),
    };
    if plan.rotations.is_empty() {
        return cx.say(format_args!(
            "Nothing to do: none of {} is older than {} days.",
            count(current.len(), "key"),
            args.older_than
        ));
    }
    show(&plan, &current, args, cx)?;
    cx.confirm("Rotate these keys?", args.yes).await?;
    files::store(&args.state, &plan)?;
    let result = rotate_all(&keys, &mut plan, args, cx).await;
    match &result {
        Ok(()) if args.keep_old => {
            cx.say("\nThe old keys are kept. Run again without --keep-old to delete them.")?;
        }
        Ok(()) => files::remove(&args.state)?,
        Err(_) => {
            let left = plan.rotations.iter().filter(|rotation| rotation.step != Step::Deleted).count();
            cx.say(format_args!("\nStopped with {} left. Run again to go on.", count(left, "key")))?;
        }
    }
    cx.say(format_args!("The values of the new keys are in {}.", args.values.display()))?;
    result
}

async fn all_keys(keys: &AdminApiKeysClient, cx: &Context<'_>) -> Result<Vec<AdminApiKey>, Failure> {
    let mut items = keys.list(&ListAdminApiKeys::default().limit(100)).items();
    let mut all = Vec::new();
    while let Some(key) = cx.stop().or(items.try_next()).await?.map_err(Failure::api("list the keys"))? {
        all.push(key);
    }
    Ok(all)
}

/// A plan of an earlier run, if it is one for the same organization.
fn resumed(plan: Plan, args: &Args, cx: &mut Context<'_>) -> Result<Plan, Failure> {
    let state = args.state.display();
    if plan.base_url != cx.session().base_url() {
        let (theirs, ours) = (&plan.base_url, cx.session().base_url());
        let why = format!("{state} belongs to {theirs}, this is {ours}: name another file with --state");
        return Err(Failure::Refused(why));
    }
    cx.say(format_args!("Going on with the rotation that {state} tells of.\n"))?;
    Ok(plan)
}

fn show(plan: &Plan, current: &[AdminApiKey], args: &Args, cx: &mut Context<'_>) -> Result<(), Failure> {
    let now = cx.session().now();
    let mut table = Table::new().indent(2);
    table.row(["key", "name", "age", "last used", "owner", "to do"]);
    for rotation in &plan.rotations {
        let key = current.iter().find(|key| key.id == rotation.old_id);
        let age = key.map_or_else(String::new, |key| format!("{} days", days_between(key.created_at, now)));
        let used = key.and_then(|key| key.last_used_at).map_or_else(|| "never".to_owned(), date);
        let owner = key.and_then(|key| key.owner.name.as_deref()).unwrap_or("");
        let name = rotation.old_name.as_deref().unwrap_or("(no name)");
        table.row([&rotation.old_id, name, &age, &used, owner, rotation.to_do(args.keep_old)]);
    }
    cx.say(table)?;
    cx.say("\nThe new keys belong to the owner of the key that this program uses.")?;
    if plan.rotations.iter().any(|rotation| rotation.own) {
        cx.say("One of them is the key that this program uses: it comes last.")?;
    }
    cx.say("")
}

async fn rotate_all(
    keys: &AdminApiKeysClient,
    plan: &mut Plan,
    args: &Args,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    let bar = cx.progress(Some(u64::try_from(plan.rotations.len()).unwrap_or_default()));
    for index in 0..plan.rotations.len() {
        while let Some(rotation) =
            plan.rotations.get(index).filter(|rotation| !rotation.is_done(args.keep_old))
        {
            cx.stop().check()?;
            let rotation = rotation.clone();
            bar.set_message(rotation.new_name.clone());
            let next = step(keys, &rotation, plan, args, cx).await?;
            plan.set(index, next);
            files::store(&args.state, plan)?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// Takes one step of one rotation, and returns where it stands then.
async fn step(
    keys: &AdminApiKeysClient,
    rotation: &Rotation,
    plan: &mut Plan,
    args: &Args,
    cx: &mut Context<'_>,
) -> Result<Step, Failure> {
    match &rotation.step {
        Step::Planned => {
            // Noted before the key is made: a run that ends here looks for the key before it makes another.
            plan.set_creating(&rotation.old_id);
            files::store(&args.state, plan)?;
            create(keys, rotation, args, cx).await
        }
        Step::Creating => match recover(keys, rotation, args, cx).await? {
            Some(step) => Ok(step),
            None => create(keys, rotation, args, cx).await,
        },
        Step::Created { new_id } => delete(keys, rotation, new_id, cx).await,
        Step::Deleted => Ok(Step::Deleted),
    }
}

/// Creates the new key, writes its value to the file, and tries it.
async fn create(
    keys: &AdminApiKeysClient,
    rotation: &Rotation,
    args: &Args,
    cx: &mut Context<'_>,
) -> Result<Step, Failure> {
    let mut new = NewAdminApiKey::new(&rotation.new_name);
    new.expires_in_seconds = rotation.life;
    let key = keys.create(&new).await.map_err(Failure::api(format!("create \"{}\"", rotation.new_name)))?;
    if let Err(failure) = files::append_secret(&args.values, &value_line(&key, rotation)) {
        // A key whose value is lost is of no use to anyone.
        let gone = keys.delete(&key.id).await.is_ok();
        let fate = if gone { "was deleted again" } else { "IS LEFT and must be deleted by hand" };
        cx.say(format_args!("  {}  {fate}: its value could not be written", key.id))?;
        return Err(failure);
    }
    try_key(keys, &key.id, key.value.clone()).await?;
    cx.say(format_args!("  {}  created \"{}\", value written, tried", key.id, rotation.new_name))?;
    Ok(Step::Created { new_id: key.id })
}

/// Uses a key once: an old key is not deleted before the new one has worked.
async fn try_key(keys: &AdminApiKeysClient, id: &str, value: Secret) -> Result<(), Failure> {
    let used = keys.get(id).bearer(value).await;
    used.map(|_| ()).map_err(Failure::api(format!("use the new key {id}")))
}

/// What the file of values gets: the one place where a secret leaves the program.
fn value_line(key: &CreatedAdminApiKey, rotation: &Rotation) -> String {
    json!({
        "id": key.id,
        "name": key.name,
        "value": key.value.expose(),
        "created_at": key.created_at,
        "replaces": rotation.old_id,
    })
    .to_string()
}

/// Looks for a key that a run created just before it ended. With its value in the file the run goes on with it;
/// without, the key is deleted, since nobody knows its value.
async fn recover(
    keys: &AdminApiKeysClient,
    rotation: &Rotation,
    args: &Args,
    cx: &mut Context<'_>,
) -> Result<Option<Step>, Failure> {
    let mut recovered = None;
    let all = all_keys(keys, cx).await?;
    for key in all.into_iter().filter(|key| key.name.as_deref() == Some(&rotation.new_name)) {
        if let Some(value) = written_value(&args.values, &key.id)? {
            try_key(keys, &key.id, value).await?;
            cx.say(format_args!("  {}  was created and written by an earlier run, tried", key.id))?;
            recovered = Some(Step::Created { new_id: key.id });
        } else {
            gone(keys.delete(&key.id).await).map_err(Failure::api(format!("delete {}", key.id)))?;
            cx.say(format_args!(
                "  {}  deleted: an earlier run created it and did not get its value",
                key.id
            ))?;
        }
    }
    Ok(recovered)
}

/// The value of a key that an earlier run has written.
fn written_value(path: &Path, id: &str) -> Result<Option<Secret>, Failure> {
    #[derive(Deserialize)]
    struct Line {
        id: String,
        value: Secret,
    }
    let text = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text.map_err(Failure::file(path))?,
    };
    // A line that was cut off by a crash is not one.
    let mut lines = text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    Ok(lines.find(|line| line.id == id).map(|line| line.value))
}

async fn delete(
    keys: &AdminApiKeysClient,
    rotation: &Rotation,
    new_id: &str,
    cx: &mut Context<'_>,
) -> Result<Step, Failure> {
    let old_id = &rotation.old_id;
    gone(keys.delete(old_id).await)
        .map_err(Failure::api(format!("delete {old_id}, which {new_id} replaces")))?;
    cx.say(format_args!("  {old_id}  deleted"))?;
    if rotation.own {
        cx.say("    this was the key in use: set OPENAI_ADMIN_KEY to the new one")?;
    }
    Ok(Step::Deleted)
}

/// A key that is gone already is as good as deleted.
fn gone<T>(result: Result<T, Error>) -> Result<(), Error> {
    match result {
        Err(error) if !error.is_not_found() => Err(error),
        _ => Ok(()),
    }
}
