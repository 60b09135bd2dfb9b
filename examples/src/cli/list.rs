//! The lists of the command.

use openai_admin::{
    AuditLogActor, AuditLogEventType, ListAdminApiKeys, ListAuditLogs, ListProjects, ListUsers, TimeRange,
    Timestamp, prelude::*,
};
use serde_json::json;

use super::Events;
use super::output::List;
use crate::programs::chart::dollars;
use crate::programs::cost_report::{self, percent};
use crate::table::date;
use crate::{Context, Failure};

/// A moment that may be missing, as a day.
fn day(time: Option<Timestamp>) -> String {
    time.map_or_else(|| "never".to_owned(), date)
}

pub(super) async fn keys(cx: &Context<'_>) -> Result<List, Failure> {
    let mut list =
        List::new(&["id", "name", "value", "created", "last used", "expires", "owner"]).spare(2).spare(3);
    let mut keys =
        cx.session().admin().admin_api_keys().list(&ListAdminApiKeys::default().limit(100)).items();
    while let Some(key) = cx.stop().or(keys.try_next()).await?.map_err(Failure::api("list the keys"))? {
        let own = if cx.session().uses(&key.redacted_value) { " (in use)" } else { "" };
        let cells = [
            key.id.clone(),
            format!("{}{own}", key.name.as_deref().unwrap_or("(no name)")),
            key.redacted_value.clone(),
            date(key.created_at),
            day(key.last_used_at),
            day(key.expires_at),
            key.owner.name.clone().unwrap_or_default(),
        ];
        list.add(cells, &key)?;
    }
    Ok(list)
}

pub(super) async fn users(cx: &Context<'_>) -> Result<List, Failure> {
    let mut list = List::new(&["id", "name", "email", "role", "added"]).spare(4);
    let mut users = cx.session().admin().users().list(&ListUsers::default().limit(100)).items();
    while let Some(user) = cx.stop().or(users.try_next()).await?.map_err(Failure::api("list the users"))? {
        let cells = [
            user.id.clone(),
            user.name.clone().unwrap_or_default(),
            user.email.clone().unwrap_or_default(),
            user.role.as_ref().map(ToString::to_string).unwrap_or_default(),
            date(user.added_at),
        ];
        list.add(cells, &user)?;
    }
    Ok(list)
}

pub(super) async fn projects(archived: bool, cx: &Context<'_>) -> Result<List, Failure> {
    let mut list = List::new(&["id", "name", "status", "created"]);
    let params = ListProjects::default().limit(100).include_archived(archived);
    let mut projects = cx.session().admin().projects().list(&params).items();
    while let Some(project) =
        cx.stop().or(projects.try_next()).await?.map_err(Failure::api("list the projects"))?
    {
        let cells = [
            project.id.clone(),
            project.name.clone().unwrap_or_default(),
            project.status.as_ref().map(ToString::to_string).unwrap_or_default(),
            date(project.created_at),
        ];
        list.add(cells, &project)?;
    }
    Ok(list)
}

/// A row for each line item, the dearest projects first; the last one is the total.
pub(super) async fn costs(days: u32, cx: &Context<'_>) -> Result<List, Failure> {
    let names = cost_report::project_names(cx).await?;
    let costs = cost_report::load(days, cx).await?;
    let total = costs.total();
    let mut list = List::new(&["project", "line item", "cost", "share"]).right(2).right(3);
    for (id, _) in costs.projects() {
        let mut items: Vec<_> = costs.by_item.get(id).into_iter().flatten().collect();
        items.sort_by(|a, b| b.1.cmp(a.1));
        let name = names.get(id).map_or(id, String::as_str);
        for (item, amount) in items {
            let share = percent(amount, &total);
            let value = json!({
                "project_id": id, "project": name, "line_item": item, "amount": amount.to_plain_string(),
                "currency": "usd",
            });
            list.add([name, item, &dollars(amount), &share], value)?;
        }
    }
    let value = json!({ "total": true, "amount": total.to_plain_string(), "currency": "usd" });
    list.add(["total", "", &dollars(&total), &percent(&total, &total)], value)?;
    Ok(list)
}

pub(super) async fn events(events: &Events, cx: &Context<'_>) -> Result<List, Failure> {
    let since = cx.session().now().minus(std::time::Duration::from_secs(u64::from(events.days) * 86_400));
    let params = ListAuditLogs::default()
        .limit(u32::try_from(events.limit.clamp(1, 100)).unwrap_or(100))
        .effective_at(TimeRange::default().gte(since))
        .actor_emails(&events.user)
        .event_types(events.types.iter().map(|kind| AuditLogEventType::from(kind.as_str())));
    let mut list = List::new(&["time", "event", "actor", "project", "id"]).spare(4).spare(3);
    let mut all = cx.session().admin().audit_logs().list(&params).items();
    while !list.has(events.limit)
        && let Some(event) =
            cx.stop().or(all.try_next()).await?.map_err(Failure::api("list the audit log"))?
    {
        let cells = [
            event.effective_at.to_string(),
            event.kind.to_string(),
            event.actor.as_ref().map(actor).unwrap_or_default(),
            event.project.as_ref().and_then(|project| project.name.clone()).unwrap_or_default(),
            event.id.clone(),
        ];
        list.add(cells, &event)?;
    }
    Ok(list)
}

/// Who did something: an address, a service account, or a key.
fn actor(actor: &AuditLogActor) -> String {
    let of_session = actor.session.as_ref().and_then(|session| session.user.as_ref());
    let key = actor.api_key.as_ref();
    let user = of_session.or_else(|| key.and_then(|key| key.user.as_ref()));
    let account = key.and_then(|key| key.service_account.as_ref()).and_then(|account| account.id.clone());
    let name = user.and_then(|user| user.email.clone().or_else(|| user.id.clone()));
    name.or(account).or_else(|| key.and_then(|key| key.id.clone())).unwrap_or_default()
}
