//! Eight jobs of people who run an organization, one function each; `python/jobs.py` has the same eight.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use openai_admin::{
    Admin, BigDecimal, CostsGroup, CostsQuery, Deleted, Error, ListAuditLogs, ListProjectUsers, ListProjects,
    ListRateLimits, ListUsers, NewAdminApiKey, NewProject, NewServiceAccount, NewSpendAlert, SpendAlert,
    TimeRange, Timestamp, UpdateRateLimit, prelude::*,
};
use serde_json::{Value, json};

use crate::{Failure, files};

/// Roles by project, by user.
pub type Roles = BTreeMap<String, BTreeMap<String, String>>;

/// 1. All users with their project roles.
///
/// # Errors
/// When a call fails.
pub async fn users_with_roles(admin: &Admin) -> Result<Roles, Error> {
    let users = admin.users().list(&ListUsers::default()).collect().await?;
    let mut roles: Roles = users.into_iter().map(|user| (user.id, BTreeMap::new())).collect();
    for project in admin.projects().list(&ListProjects::default()).collect().await? {
        for member in admin.project(&project.id).users().list(&ListProjectUsers::default()).collect().await? {
            roles.entry(member.id).or_default().insert(project.id.clone(), member.role.to_string());
        }
    }
    Ok(roles)
}

/// 2. Replaces an admin key; the old one may be gone already. Returns the id of the new one.
///
/// # Errors
/// When a call fails, or the value cannot be stored.
pub async fn rotate_key(admin: &Admin, old_id: &str, name: &str, values: &Path) -> Result<String, Failure> {
    let keys = admin.admin_api_keys();
    let new = NewAdminApiKey::new(name).expires_in(Duration::from_secs(90 * 86_400));
    let key = keys.create(&new).await.map_err(Failure::api("create a key"))?;
    files::append_secret(values, key.value.expose())?;
    keys.delete(old_id).optional().await.map_err(Failure::api("delete the old key"))?;
    Ok(key.id)
}

/// 3. The costs of 30 days, by project.
///
/// # Errors
/// When a call fails.
pub async fn costs_by_project(admin: &Admin, now: Timestamp) -> Result<BTreeMap<String, BigDecimal>, Error> {
    let since = now.minus(Duration::from_secs(30 * 86_400));
    let query = CostsQuery::new(since).group_by([CostsGroup::ProjectId]).limit(31);
    let mut costs = BTreeMap::<_, BigDecimal>::new();
    for day in admin.usage().costs(&query).collect().await? {
        for cost in day.results {
            let amount = cost.amount.and_then(|amount| amount.value).unwrap_or_default();
            *costs.entry(cost.project_id.unwrap_or_default()).or_default() += amount;
        }
    }
    Ok(costs)
}

/// 4. What a user did in the last week: the ids of the events.
///
/// # Errors
/// When a call fails.
pub async fn events_of(admin: &Admin, email: &str, now: Timestamp) -> Result<Vec<String>, Error> {
    let week = TimeRange::default().gte(now.minus(Duration::from_secs(7 * 86_400)));
    let params = ListAuditLogs::default().actor_emails([email]).effective_at(week);
    let events = admin.audit_logs().list(&params).collect().await?;
    Ok(events.into_iter().map(|event| event.id).collect())
}

/// 5. Sets one rate limit on all projects, and returns these.
///
/// # Errors
/// When a call fails.
pub async fn limit_requests(admin: &Admin, model: &str, a_minute: u64) -> Result<Vec<String>, Error> {
    let change = UpdateRateLimit::default().max_requests_per_1_minute(a_minute);
    let mut changed = Vec::new();
    for project in admin.projects().list(&ListProjects::default()).collect().await? {
        let limits = admin.project(&project.id).rate_limits();
        for limit in limits.list(&ListRateLimits::default()).collect().await? {
            if limit.model == model {
                limits.update(&limit.id, &change).await?;
                changed.push(project.id.clone());
            }
        }
    }
    Ok(changed)
}

/// 6. Creates a project with a service account, and stores its key. Returns the ids of project and account.
///
/// # Errors
/// When a call fails, or the key cannot be stored.
pub async fn new_project(admin: &Admin, name: &str, values: &Path) -> Result<(String, String), Failure> {
    let doing = || Failure::api(format!("create {name}"));
    let project = admin.projects().create(&NewProject::new(name)).await.map_err(doing())?;
    let accounts = admin.project(&project.id).service_accounts();
    let account = accounts.create(&NewServiceAccount::new("deploy")).await.map_err(doing())?;
    let key = account.api_key.ok_or_else(|| Failure::Refused("no key came with the account".to_owned()))?;
    files::append_secret(values, key.value.expose())?;
    Ok((project.id, account.id))
}

/// 7. Mails people when a month's spend reaches an amount.
///
/// # Errors
/// When the call fails.
pub async fn spend_alert(admin: &Admin, cents: u64, email: &str) -> Result<SpendAlert, Error> {
    admin.spend_alerts().create(&NewSpendAlert::email(cents, [email])).await
}

/// 8. Removes a person from every project and then from the organization. Returns the projects.
///
/// # Errors
/// When a call fails. That the person is not a member of a project is not a failure.
pub async fn offboard(admin: &Admin, user: &str) -> Result<(Vec<String>, Deleted), Error> {
    let mut left = Vec::new();
    for project in admin.projects().list(&ListProjects::default()).collect().await? {
        if admin.project(&project.id).users().delete(user).optional().await?.is_some() {
            left.push(project.id);
        }
    }
    Ok((left, admin.users().delete(user).await?))
}

/// Does all eight, and returns what each gave, in a form that another program can be compared by.
///
/// # Errors
/// When one fails.
pub async fn all(admin: &Admin, now: Timestamp, values: &Path) -> Result<Vec<Value>, Failure> {
    let ci = key_named(admin, "CI").await.map_err(Failure::api("find the key"))?;
    let roles = users_with_roles(admin).await.map_err(Failure::api("list roles"))?;
    let new = rotate_key(admin, &ci, "CI 2", values).await?;
    let again = rotate_key(admin, &ci, "CI 3", values).await?;
    let costs = costs_by_project(admin, now).await.map_err(Failure::api("add up the costs"))?;
    let costs: BTreeMap<_, _> = costs.into_iter().map(|(id, sum)| (id, format!("{sum:.3}"))).collect();
    let events = events_of(admin, "ada@example.com", now).await.map_err(Failure::api("list events"))?;
    let limited = limit_requests(admin, "gpt-5.1", 300).await.map_err(Failure::api("limit requests"))?;
    let (project, account) = new_project(admin, "Translation", values).await?;
    let alert =
        spend_alert(admin, 50_000, "finance@example.com").await.map_err(Failure::api("add an alert"))?;
    let (left, gone) = offboard(admin, "user-alan").await.map_err(Failure::api("offboard"))?;
    Ok(vec![
        json!({ "1 roles": roles }),
        json!({ "2 keys": [new, again] }),
        json!({ "3 costs": costs }),
        json!({ "4 events": events }),
        json!({ "5 limited": limited }),
        json!({ "6 project": [project, account] }),
        json!({ "7 alert": [alert.id, alert.threshold_amount, alert.notification_channel.recipients] }),
        json!({ "8 left": left, "deleted": gone.deleted }),
    ])
}

/// The id of the admin key of this name; empty if there is none.
async fn key_named(admin: &Admin, name: &str) -> Result<String, Error> {
    let keys = admin.admin_api_keys().list(&openai_admin::ListAdminApiKeys::default()).collect().await?;
    let found = keys.into_iter().find(|key| key.name.as_deref() == Some(name));
    Ok(found.map(|key| key.id).unwrap_or_default())
}
