//! The invented organization that a server begins with.

use serde_json::{Map, Value, json};

use super::costs::DAY;
use super::records::{
    AdminKey, AuditEvent, KeyOwner, OwningAccount, OwningUser, Project, ProjectKey, ProjectKeyOwner,
    ProjectUser, ServiceAccount, User,
};
use super::store::{Store, mix, redact};

/// The secret of one of the seeded admin keys. It opens nothing but a server of this module.
pub(super) const ADMIN_KEY: &str = "sk-admin-embedded-server-only";

/// Members: id, name, mail address, role, days in the organization.
const USERS: [(&str, &str, &str, &str, u64); 8] = [
    ("user-ada", "Ada Lovelace", "ada@example.com", "owner", 700),
    ("user-grace", "Grace Hopper", "grace@example.com", "owner", 640),
    ("user-alan", "Alan Turing", "alan@example.com", "reader", 600),
    ("user-edsger", "Edsger Dijkstra", "edsger@example.com", "reader", 410),
    ("user-barbara", "Barbara Liskov", "barbara@example.com", "reader", 380),
    ("user-donald", "Donald Knuth", "donald@example.com", "reader", 220),
    ("user-katherine", "Katherine Johnson", "katherine@example.com", "reader", 90),
    ("user-tim", "Tim Berners-Lee", "tim@example.com", "reader", 20),
];

/// See [`PROJECTS`].
type ProjectSeed = (&'static str, &'static str, u64, Option<u64>, &'static [usize]);

/// Projects: id, name, days old, days since it was archived, and its members as indices into [`USERS`].
const PROJECTS: [ProjectSeed; 6] = [
    ("proj_website", "Website assistant", 620, None, &[0, 2, 4]),
    ("proj_search", "Search", 500, None, &[1, 2, 3, 5]),
    ("proj_prototype", "Prototype 2025", 480, Some(200), &[2, 3]),
    ("proj_support", "Support triage", 300, None, &[0, 2, 6]),
    ("proj_research", "Research", 150, None, &[3, 4, 5, 6]),
    ("proj_internal", "Internal tools", 45, None, &[1, 2]),
];

/// Admin keys: name, owner, days old, days since last use, days until it expires, its secret if it is given.
type KeySeed = (Option<&'static str>, Owner, u64, Option<u64>, Option<u64>, Option<&'static str>);

/// Who owns a seeded admin key.
enum Owner {
    User(usize),
    Account(&'static str, &'static str),
}

const ADMIN_KEYS: [KeySeed; 7] = [
    (Some("Terraform"), Owner::Account("svc_acct_infra", "Infrastructure"), 412, Some(0), None, None),
    (None, Owner::User(0), 300, Some(290), None, None),
    (Some("Billing export"), Owner::User(1), 188, Some(1), None, None),
    (
        Some("Platform automation"),
        Owner::Account("svc_acct_platform", "Platform"),
        120,
        Some(0),
        None,
        Some(ADMIN_KEY),
    ),
    (Some("CI"), Owner::Account("svc_acct_infra", "Infrastructure"), 95, Some(0), Some(85), None),
    (Some("Usage dashboard"), Owner::User(1), 34, Some(3), Some(56), None),
    (Some("Audit trail"), Owner::User(0), 12, None, Some(18), None),
];

/// Groups: id, name, and the ids of their members.
const GROUPS: [(&str, &str, &[&str]); 2] = [
    ("group_support", "Support", &["user-ada", "user-katherine"]),
    ("group_research", "Research", &["user-edsger", "user-barbara", "user-donald"]),
];

/// Roles of the organization: id, name, and whether they are OpenAI's own.
const ROLES: [(&str, &str, bool); 3] = [
    ("role_owner", "Owner", true),
    ("role_reader", "Reader", true),
    ("role_group_manager", "Group manager", false),
];

/// How many events the audit log begins with, and how many seconds apart they lie on average.
const EVENTS: u64 = 480;
const EVENT_GAP: u64 = 9_000;

impl Store {
    /// The invented organization, with a history that ends at `now` (Unix seconds).
    #[must_use]
    pub fn seeded(now: u64) -> Self {
        organization(now)
    }
}

/// Builds the organization.
fn organization(now: u64) -> Store {
    let mut store = Store::empty(now);
    add_users(&mut store);
    add_projects(&mut store);
    add_admin_keys(&mut store);
    store.add_groups(&GROUPS, &ROLES);
    add_events(&mut store);
    store.refresh_access();
    store
}

/// The time this many days ago.
fn days_ago(now: u64, days: u64) -> u64 {
    now.saturating_sub(days * DAY)
}

fn add_users(store: &mut Store) {
    let now = store.now();
    store.users.extend(USERS.map(|(id, name, email, role, days)| User {
        object: "organization.user",
        id: id.to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        role: role.to_owned(),
        added_at: days_ago(now, days),
    }));
}

fn add_projects(store: &mut Store) {
    let now = store.now();
    for (id, name, days, archived, members) in PROJECTS {
        let created_at = days_ago(now, days);
        store.projects.push(Project {
            id: id.to_owned(),
            object: "organization.project",
            name: name.to_owned(),
            created_at,
            archived_at: archived.map(|days| days_ago(now, days)),
            status: if archived.is_some() { "archived" } else { "active" },
        });
        store.add_rate_limits(id);
        add_service_account(store, id, name, created_at);
        let users = members.iter().filter_map(|index| store.users.get(*index).cloned());
        for (position, user) in users.collect::<Vec<_>>().iter().enumerate() {
            add_member(store, id, user, position == 0, created_at.max(user.added_at));
        }
    }
}

/// Adds a member, who has one API key, or two as the project's owner.
fn add_member(store: &mut Store, project: &str, user: &User, owner: bool, added_at: u64) {
    let role = if owner { "owner" } else { "member" };
    store.project_users.push(ProjectUser {
        project_id: project.to_owned(),
        object: "organization.project.user",
        id: user.id.clone(),
        name: user.name.clone(),
        email: user.email.clone(),
        role: role.to_owned(),
        added_at,
    });
    let owner_of_key = ProjectKeyOwner::User {
        user: OwningUser {
            id: user.id.clone(),
            name: user.name.clone(),
            email: user.email.clone(),
            role: role.to_owned(),
            created_at: user.added_at,
        },
    };
    let names = if owner { ["Laptop", "Notebook"].as_slice() } else { &["Laptop"] };
    for name in names {
        add_project_key(store, project, name, owner_of_key.clone(), added_at + DAY);
    }
}

fn add_service_account(store: &mut Store, project: &str, name: &str, created_at: u64) {
    let account = ServiceAccount {
        project_id: project.to_owned(),
        object: "organization.project.service_account",
        id: store.next_id("svc_acct_"),
        name: format!("{name} (production)"),
        role: "member",
        created_at,
    };
    let service_account =
        OwningAccount { id: account.id.clone(), name: account.name.clone(), role: account.role, created_at };
    store.service_accounts.push(account);
    add_project_key(
        store,
        project,
        "Production",
        ProjectKeyOwner::ServiceAccount { service_account },
        created_at,
    );
}

fn add_project_key(store: &mut Store, project: &str, name: &str, owner: ProjectKeyOwner, created_at: u64) {
    let secret = store.next_secret("sk-proj-");
    let key = ProjectKey {
        project_id: project.to_owned(),
        object: "organization.project.api_key",
        redacted_value: redact(&secret, "sk-proj".len()),
        name: name.to_owned(),
        created_at,
        last_used_at: Some(days_ago(store.now(), mix(created_at) % 30)),
        id: store.next_id("key_"),
        owner_project_access: "active",
        owner,
    };
    store.project_keys.push(key);
}

fn add_admin_keys(store: &mut Store) {
    let now = store.now();
    for (name, owner, age, used, expires, secret) in ADMIN_KEYS {
        let value = secret.map_or_else(|| store.next_secret("sk-admin-"), str::to_owned);
        let id = store.next_id("key_");
        let expires_at = expires.map(|days| now + days * DAY);
        let name = name.map(str::to_owned);
        let owner = key_owner(&owner, store);
        let mut key = AdminKey::new(id, name, &value, days_ago(now, age), expires_at, owner);
        key.last_used_at = used.map(|days| days_ago(now, days));
        store.add_admin_key(key, value);
    }
}

fn key_owner(owner: &Owner, store: &Store) -> KeyOwner {
    let (kind, object, id, name, created_at, role) = match owner {
        Owner::Account(id, name) => {
            let created_at = days_ago(store.now(), 600);
            ("service_account", "organization.service_account", *id, *name, created_at, "member")
        }
        Owner::User(index) => {
            let (id, name, _, _, days) = USERS.get(*index).copied().unwrap_or(("", "", "", "", 0));
            ("user", "organization.user", id, name, days_ago(store.now(), days), "owner")
        }
    };
    KeyOwner { kind, object, id: id.to_owned(), name: name.to_owned(), created_at, role }
}

fn add_events(store: &mut Store) {
    let mut at = store.now();
    for number in 0..EVENTS {
        let chance = mix(number);
        at = at.saturating_sub(1 + chance % (2 * EVENT_GAP));
        // Counted from the oldest, so that an event keeps its id when the log grows.
        let id = format!("audit_log-{:05}", EVENTS - number);
        store.events.push(event(id, at, chance));
    }
}

fn event(id: String, effective_at: u64, chance: u64) -> AuditEvent {
    let target = format!("{:06x}", chance & 0xff_ffff);
    let (kind, details) = match chance >> 8 & 15 {
        0..=6 => ("login.succeeded", json!({})),
        7 => ("login.failed", json!({ "error_code": "invalid_password", "error_message": "wrong password" })),
        8..=9 => (
            "api_key.created",
            json!({ "id": format!("key_{target}"), "data": { "scopes": ["api.model.request"] } }),
        ),
        10 => ("api_key.deleted", json!({ "id": format!("key_{target}") })),
        11 => (
            "invite.sent",
            json!({ "id": format!("invite-{target}"), "data": { "email": "new@example.com", "role": "reader" } }),
        ),
        12 => ("user.added", json!({ "id": format!("user-{target}"), "data": { "role": "reader" } })),
        13 => (
            "service_account.created",
            json!({ "id": format!("svc_acct_{target}"), "data": { "role": "member" } }),
        ),
        14 => (
            "rate_limit.updated",
            json!({ "id": "rl-gpt-5.1", "changes_requested": { "max_requests_per_1_minute": 500 } }),
        ),
        _ => (
            "project.updated",
            json!({ "id": format!("proj_{target}"), "changes_requested": { "title": "New title" } }),
        ),
    };
    AuditEvent {
        id,
        kind,
        effective_at,
        project: event_project(kind, chance),
        actor: event_actor(chance),
        details: Map::from_iter([(kind.to_owned(), details)]),
    }
}

/// Logins belong to no project.
fn event_project(kind: &str, chance: u64) -> Option<Value> {
    let index = usize::try_from(chance >> 16 & 0xff).unwrap_or_default() % PROJECTS.len();
    let (id, name, ..) = PROJECTS.get(index).filter(|_| !kind.starts_with("login"))?;
    Some(json!({ "id": id, "name": name }))
}

fn event_actor(chance: u64) -> Value {
    let index = usize::try_from(chance >> 24 & 0xff).unwrap_or_default() % USERS.len();
    let (id, _, email, ..) = USERS.get(index).copied().unwrap_or_default();
    let user = json!({ "id": id, "email": email });
    if chance >> 32 & 3 == 0 {
        return json!({ "type": "api_key", "api_key": { "id": "key_actor", "type": "user", "user": user } });
    }
    let address = format!("192.0.2.{}", chance >> 40 & 0x7f);
    json!({ "type": "session", "session": { "user": user, "ip_address": address, "user_agent": "Mozilla/5.0" } })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_organization_is_the_same_every_time() {
        let (one, two) = (organization(1_000_000_000), organization(1_000_000_000));
        assert_eq!(one.admin_keys, two.admin_keys);
        assert_eq!(one.events, two.events);
        assert_eq!(one.project_keys, two.project_keys);
    }

    #[test]
    fn admin_keys_differ_in_age_and_owner_and_one_has_no_name() {
        let store = organization(1_000_000_000);
        assert!(store.admin_keys.is_sorted_by_key(|key| key.created_at));
        assert!(store.admin_keys.iter().any(|key| key.name.is_none()));
        let kinds: BTreeSet<&str> = store.admin_keys.iter().map(|key| key.owner.kind).collect();
        assert_eq!(kinds, BTreeSet::from(["service_account", "user"]));
    }

    #[test]
    fn ids_are_unique() {
        let store = organization(1_000_000_000);
        let events: BTreeSet<&str> = store.events.iter().map(|event| event.id.as_str()).collect();
        assert_eq!(events.len(), store.events.len());
        let keys: BTreeSet<&str> = store.project_keys.iter().map(|key| key.id.as_str()).collect();
        assert_eq!(keys.len(), store.project_keys.len());
    }
}
