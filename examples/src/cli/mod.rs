//! `openai-admin`: a command for people who run an organization, on the code of the programs.

mod list;
mod output;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use openai_admin::{NewAdminApiKey, prelude::*};
use serde_json::json;

pub use self::output::Screen;
use crate::programs::{audit_log, offboard_user, rotate_admin_keys};
use crate::{Context, Failure, files};

/// Runs an OpenAI organization: keys, users, projects, costs and the audit log.
///
/// OPENAI_ADMIN_KEY names the organization; without it, the command runs against a server inside of itself. Lists are
/// tables on a terminal, tab-separated lines without a heading in a pipe, and JSON with --json.
///
/// Exit codes: 0 done, 1 failed or refused, 2 wrong arguments, 130 interrupted.
#[derive(Debug, Parser)]
#[command(name = "openai-admin", version, max_term_width = 100)]
pub struct Cli {
    /// Print lists as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Admin API keys.
    #[command(subcommand)]
    Keys(Keys),
    /// Users of the organization.
    #[command(subcommand)]
    Users(Users),
    /// Projects of the organization.
    #[command(subcommand)]
    Projects(Projects),
    /// Costs by project and line item.
    Costs {
        /// How many days, today included.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: u32,
    },
    /// The audit log.
    #[command(subcommand)]
    Audit(Audit),
    /// Print what completes this command in a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// Admin API keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// List the admin API keys.
    List,
    /// Create an admin API key, and write its value to a file only you can read.
    Create(Create),
    /// Replace keys that are older than so many days.
    Rotate(rotate_admin_keys::Args),
    /// Delete admin API keys.
    Delete {
        /// The ids of the keys.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// Act without a question.
        #[arg(long)]
        yes: bool,
    },
}

/// An admin API key to create.
#[derive(Debug, Args)]
pub struct Create {
    /// What it is called.
    pub name: String,
    /// How many days it is valid, 1 to 365; without it, it does not expire.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=365))]
    pub days: Option<u32>,
    /// Where its value is added, one JSON object a line.
    #[arg(long, value_name = "FILE", default_value = "new-admin-keys.jsonl")]
    pub values: PathBuf,
}

/// Users of the organization.
#[derive(Debug, Subcommand)]
pub enum Users {
    /// List the users.
    List,
    /// Remove a person from every project, with the API keys, and from the organization.
    Offboard(offboard_user::Args),
}

/// Projects of the organization.
#[derive(Debug, Subcommand)]
pub enum Projects {
    /// List the projects.
    List {
        /// Archived ones, too.
        #[arg(long)]
        archived: bool,
    },
}

/// The audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// List events, newest first.
    List(Events),
    /// Keep the audit log as JSON Lines: every run adds what is new.
    Export(audit_log::Args),
}

/// Which events to list.
#[derive(Debug, Args)]
pub struct Events {
    /// How many days to go back.
    #[arg(long, default_value_t = 7)]
    pub days: u32,
    /// Only what the user with this address did; can be repeated.
    #[arg(long, value_name = "ADDRESS")]
    pub user: Vec<String>,
    /// Only events of this type, such as api_key.created; can be repeated.
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    /// How many events at most.
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
}

/// Runs the command. [`Command::Completions`] needs no session and is not done here.
///
/// # Errors
/// When a call or a file fails, or nobody agreed.
pub async fn run(cli: &Cli, screen: Screen, cx: &mut Context<'_>) -> Result<(), Failure> {
    if !cx.session().is_real() {
        cx.note("embedded server (set OPENAI_ADMIN_KEY to use the real API)");
    }
    let list = match &cli.command {
        Command::Keys(Keys::Create(new)) => return create(new, cx).await,
        Command::Keys(Keys::Delete { ids, yes }) => return delete(ids, *yes, cx).await,
        Command::Keys(Keys::Rotate(args)) => return rotate_admin_keys::run(args, cx).await,
        Command::Users(Users::Offboard(args)) => return offboard_user::run(args, cx).await,
        Command::Audit(Audit::Export(args)) => return audit_log::run(args, cx).await,
        Command::Completions { .. } => return Ok(()),
        Command::Keys(Keys::List) => list::keys(cx).await?,
        Command::Users(Users::List) => list::users(cx).await?,
        Command::Projects(Projects::List { archived }) => list::projects(*archived, cx).await?,
        Command::Costs { days } => list::costs(*days, cx).await?,
        Command::Audit(Audit::List(events)) => list::events(events, cx).await?,
    };
    let text = list.print(if cli.json { Screen::Json } else { screen })?;
    if text.is_empty() {
        return Ok(());
    }
    cx.say(text)
}

/// Creates a key. Its value goes to a file before anything is said: it is shown once.
async fn create(new: &Create, cx: &mut Context<'_>) -> Result<(), Failure> {
    let keys = cx.session().admin().admin_api_keys();
    let mut key = NewAdminApiKey::new(&new.name);
    if let Some(days) = new.days {
        key = key.expires_in(std::time::Duration::from_secs(u64::from(days) * 86_400));
    }
    cx.stop().check()?;
    let key = keys.create(&key).await.map_err(Failure::api(format!("create \"{}\"", new.name)))?;
    let line =
        json!({ "id": key.id, "name": key.name, "value": key.value.expose(), "created_at": key.created_at });
    if let Err(failure) = files::append_secret(&new.values, &line.to_string()) {
        let gone = keys.delete(&key.id).await.is_ok();
        let fate = if gone { "was deleted again" } else { "IS LEFT and must be deleted by hand" };
        cx.say(format_args!("{}  {fate}: its value could not be written", key.id))?;
        return Err(failure);
    }
    let expires = key.expires_at.map_or_else(|| "never".to_owned(), |time| time.to_string());
    cx.say(format_args!("{}  created, expires {expires}; its value is in {}", key.id, new.values.display()))
}

async fn delete(ids: &[String], yes: bool, cx: &mut Context<'_>) -> Result<(), Failure> {
    let keys = cx.session().admin().admin_api_keys();
    for id in ids {
        let key = cx.stop().or(keys.get(id)).await?.map_err(Failure::api(format!("find the key {id}")))?;
        let own =
            if cx.session().uses(&key.redacted_value) { ", the key that this command uses" } else { "" };
        cx.say(format_args!(
            "{id}  {}  {}{own}",
            key.redacted_value,
            key.name.as_deref().unwrap_or("(no name)")
        ))?;
    }
    cx.confirm("Delete?", yes).await?;
    for id in ids {
        cx.stop().check()?;
        match keys.delete(id).await {
            Err(error) if error.is_not_found() => cx.say(format_args!("{id}  was gone already"))?,
            result => {
                result.map_err(Failure::api(format!("delete {id}")))?;
                cx.say(format_args!("{id}  deleted"))?;
            }
        }
    }
    Ok(())
}
