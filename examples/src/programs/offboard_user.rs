//! Removes a person from every project, with the API keys, and finally from the organization.
//!
//! Every step can be repeated, and what is gone already counts as done: a run that was ended is simply started again.

use clap::Parser;
use openai_admin::{
    Admin, Error, ListAdminApiKeys, ListProjectApiKeys, ListProjects, ListUsers, OwnerAccess, Project, User,
    prelude::*,
};

use crate::table::{Table, count};
use crate::{Context, Failure};

/// Removes a person from every project and finally from the organization.
#[derive(Debug, Parser)]
#[command(name = "offboard_user", version)]
pub struct Args {
    /// The person's mail address or user id.
    pub user: String,
    /// Act without a question.
    #[arg(long)]
    pub yes: bool,
    /// Leave the person in the organization.
    #[arg(long)]
    pub keep_in_organization: bool,
}

/// What the person has in one project.
#[derive(Debug)]
struct Membership {
    project: Project,
    /// The role, while the person is a member.
    role: Option<String>,
    /// Ids and names of the person's API keys.
    keys: Vec<(String, String)>,
}

/// Runs the program.
///
/// # Errors
/// When a call fails, or nobody agreed. What was removed stays removed; run again for the rest.
pub async fn run(args: &Args, cx: &mut Context<'_>) -> Result<(), Failure> {
    cx.headline("Offboarding")?;
    let admin = cx.session().admin();
    let user = find_user(admin, &args.user, cx).await?;
    let memberships = memberships(admin, &user, cx).await?;
    let admin_keys = admin_keys(admin, &user, cx).await?;
    show(&user, &memberships, args, cx)?;
    if !admin_keys.is_empty() {
        cx.say(format_args!(
            "The person owns {}, which stay: {}.",
            count(admin_keys.len(), "admin API key"),
            admin_keys.join(", ")
        ))?;
        cx.say("Rotate them before you go on if someone depends on them.\n")?;
    }
    cx.confirm("Remove all this?", args.yes).await?;
    let done = remove_all(admin, &user, &memberships, args, cx).await;
    if done.is_err() {
        cx.say("\nStopped. Run again to go on.")?;
    }
    done
}

/// The user with this mail address or id.
async fn find_user(admin: &Admin, wanted: &str, cx: &Context<'_>) -> Result<User, Failure> {
    let doing = || Failure::api(format!("find the user {wanted}"));
    if !wanted.contains('@') {
        return cx.stop().or(admin.users().get(wanted)).await?.map_err(doing());
    }
    let mut users = admin.users().list(&ListUsers::default().emails([wanted])).items();
    while let Some(user) = cx.stop().or(users.try_next()).await?.map_err(doing())? {
        // A server that does not know the filter would give anyone.
        if user.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(wanted)) {
            return Ok(user);
        }
    }
    Err(Failure::Refused(format!("no user of the organization has the address {wanted}")))
}

async fn memberships(admin: &Admin, user: &User, cx: &Context<'_>) -> Result<Vec<Membership>, Failure> {
    let bar = cx.progress(None);
    let mut projects = admin.projects().list(&ListProjects::default().limit(100)).items();
    let mut found = Vec::new();
    while let Some(project) =
        cx.stop().or(projects.try_next()).await?.map_err(Failure::api("list the projects"))?
    {
        bar.inc(1);
        bar.set_message(format!("projects, {}", project.id));
        let membership = membership(admin, user, project, cx).await?;
        if membership.role.is_some() || !membership.keys.is_empty() {
            found.push(membership);
        }
    }
    bar.finish_and_clear();
    Ok(found)
}

async fn membership(
    admin: &Admin,
    user: &User,
    project: Project,
    cx: &Context<'_>,
) -> Result<Membership, Failure> {
    let scope = admin.project(&project.id);
    let role = match cx.stop().or(scope.users().get(&user.id)).await? {
        Ok(member) => Some(member.role.to_string()),
        Err(error) if error.is_not_found() => None,
        Err(error) => return Err(Failure::api(format!("look for the user in {}", project.id))(error)),
    };
    // Also keys of someone who was removed from the project before.
    let params = ListProjectApiKeys::default().limit(100).owner_project_access(OwnerAccess::Any);
    let (mut all, mut keys) = (scope.api_keys().list(&params).items(), Vec::new());
    let doing = || Failure::api(format!("list the API keys of {}", project.id));
    while let Some(key) = cx.stop().or(all.try_next()).await?.map_err(doing())? {
        if key.owner.user.as_ref().is_some_and(|owner| owner.id == user.id) {
            keys.push((key.id, key.name.unwrap_or_default()));
        }
    }
    Ok(Membership { project, role, keys })
}

/// The names of the admin API keys that the person owns.
async fn admin_keys(admin: &Admin, user: &User, cx: &Context<'_>) -> Result<Vec<String>, Failure> {
    let mut all = admin.admin_api_keys().list(&ListAdminApiKeys::default().limit(100)).items();
    let mut names = Vec::new();
    while let Some(key) =
        cx.stop().or(all.try_next()).await?.map_err(Failure::api("list the admin API keys"))?
    {
        if key.owner.id.as_deref() == Some(&user.id) {
            names.push(key.name.unwrap_or(key.id));
        }
    }
    Ok(names)
}

fn show(user: &User, memberships: &[Membership], args: &Args, cx: &mut Context<'_>) -> Result<(), Failure> {
    let name = user.name.as_deref().unwrap_or("(no name)");
    cx.say(format_args!("{name}, {}, {}\n", user.email.as_deref().unwrap_or("no address"), user.id))?;
    let mut table = Table::new().indent(2);
    table.row(["remove from", "project", "role", "API keys to delete"]);
    for membership in memberships {
        let keys: Vec<&str> = membership.keys.iter().map(|(_, name)| name.as_str()).collect();
        let role = membership.role.as_deref().unwrap_or("not a member");
        let name = membership.project.name.as_deref().unwrap_or("");
        table.row([membership.project.id.as_str(), name, role, &keys.join(", ")]);
    }
    if !args.keep_in_organization {
        table.row([
            "the organization",
            "",
            &user.role.as_ref().map(ToString::to_string).unwrap_or_default(),
            "",
        ]);
    }
    cx.say(table)?;
    cx.say("")
}

async fn remove_all(
    admin: &Admin,
    user: &User,
    memberships: &[Membership],
    args: &Args,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    let steps = memberships.iter().map(|membership| membership.keys.len() + 1).sum::<usize>() + 1;
    let bar = cx.progress(Some(u64::try_from(steps).unwrap_or_default()));
    for membership in memberships {
        let id = &membership.project.id;
        bar.set_message(id.clone());
        let scope = admin.project(id);
        for (key, name) in &membership.keys {
            cx.stop().check()?;
            let outcome = gone(scope.api_keys().delete(key).await);
            let outcome = outcome.map_err(Failure::api(format!("delete the API key {key} of {id}")))?;
            cx.say(format_args!("  {id}: API key {key} \"{name}\" {outcome}"))?;
            bar.inc(1);
        }
        if membership.role.is_some() {
            cx.stop().check()?;
            let outcome = gone(scope.users().delete(&user.id).await);
            let outcome = outcome.map_err(Failure::api(format!("remove the user from {id}")))?;
            cx.say(format_args!("  {id}: membership {outcome}"))?;
        }
        bar.inc(1);
    }
    if !args.keep_in_organization {
        cx.stop().check()?;
        let outcome = gone(admin.users().delete(&user.id).await);
        let outcome = outcome.map_err(Failure::api("remove the user from the organization"))?;
        cx.say(format_args!("  organization: user {outcome}"))?;
    }
    bar.finish_and_clear();
    Ok(())
}

/// What is gone already is as good as removed.
fn gone<T>(result: Result<T, Error>) -> Result<&'static str, Error> {
    match result {
        Ok(_) => Ok("removed"),
        Err(error) if error.is_not_found() => Ok("was gone already"),
        Err(error) => Err(error),
    }
}
